import type { RouteProps } from "@medusajs/admin"
import { Container, Heading } from "@medusajs/ui"
import { MOST_FOUND, plural } from "../count"
import { errorSentence } from "../error-sentence"
import { Problem } from "../problem"
import { Skeleton } from "../skeleton"
import { ClaimTable } from "./claim-table"
import { FailedNotices } from "./failed-notices"
import { FilterBar } from "./filter-bar"
import { isEverything, NO_FILTERS } from "./filters"
import { NoClaims } from "./no-claims"
import { Pager } from "./pager"
import { RetryFailed } from "./retry-failed"
import { StatusTiles } from "./status-tiles"
import { PAGE_SIZE, useClaimPage } from "./use-claim-page"
import { useFilters } from "./use-filters"

/** All claims of the shop: how many wait and how many failed, and what to do about them. */
export const Claims = ({ notify }: RouteProps) => {
  const { filters, before, change, older, newer } = useFilters()
  const { data, error, isPreviousData, refetch } = useClaimPage(filters, before)
  const clear = () => change(NO_FILTERS)
  const claims = data?.order_claims
  const last = claims?.[claims.length - 1]

  return (
    <Container className="p-0" role="region" aria-labelledby="all-order-claims">
      <header className="flex items-center justify-between px-6 py-4">
        <Heading level="h1" id="all-order-claims">
          Order claims
        </Heading>
        <RetryFailed notify={notify} />
      </header>
      <div className="flex flex-col gap-y-4 px-6 pb-4">
        <StatusTiles
          counts={data?.counts}
          chosen={filters.status}
          onChoose={(status) => change({ status })}
        />
        <FailedNotices
          count={data?.counts?.failed_notices ?? 0}
          isShown={filters.failedNotices}
          // Other filters could hide some of them.
          show={(failedNotices) => change({ ...NO_FILTERS, failedNotices })}
        />
        <FilterBar filters={filters} change={change} clear={clear} />
      </div>
      {error && (
        <div className="px-6 pb-4">
          <Problem onRetry={() => void refetch()}>
            The claims could not be loaded: {errorSentence(error)}
          </Problem>
        </div>
      )}
      {!claims && !error && (
        <div className="px-6 pb-4">
          <Skeleton rows={PAGE_SIZE} />
        </div>
      )}
      {claims && claims.length > 0 && (
        <ClaimTable claims={claims} isOld={isPreviousData} notify={notify} />
      )}
      {claims?.length === 0 && (
        <NoClaims
          isFiltered={!isEverything(filters) || before !== undefined}
          onClear={clear}
        />
      )}
      {data && (
        <Pager
          summary={plural(
            data.count,
            "claim",
            filters.q ? MOST_FOUND : undefined
          )}
          hasNewer={before !== undefined}
          hasOlder={data.hasOlder}
          onNewer={newer}
          onOlder={() => last && older(last.id)}
        />
      )}
    </Container>
  )
}
