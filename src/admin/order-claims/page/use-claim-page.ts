import { useQuery } from "@tanstack/react-query"
import { useMedusa } from "medusa-react"
import type { OrderClaimList } from "../order-claim"
import { ORDER_CLAIMS } from "../paths"
import { pollPage } from "../polling"
import { type Filters, toQuery } from "./filters"

/** The claims on a page. */
export const PAGE_SIZE = 20

/** The claims of a page. */
interface ClaimPage extends OrderClaimList {
  hasOlder: boolean
}

const toPage = (list: OrderClaimList): ClaimPage => ({
  ...list,
  order_claims: list.order_claims.slice(0, PAGE_SIZE),
  hasOlder: list.order_claims.length > PAGE_SIZE,
})

/** Loads one page of claims and the counts; while that takes, the former page stays. */
export function useClaimPage(filters: Filters, before: string | undefined) {
  const { client } = useMedusa()
  const query = {
    ...toQuery(filters),
    ...(before && { before }),
    // One more, which tells if there are older ones.
    limit: PAGE_SIZE + 1,
    counts: true,
  }
  return useQuery<OrderClaimList, Error, ClaimPage>(
    [ORDER_CLAIMS, "page", query],
    () => client.admin.custom.get(ORDER_CLAIMS, query),
    {
      staleTime: 0,
      keepPreviousData: true,
      select: toPage,
      refetchInterval: pollPage,
    }
  )
}
