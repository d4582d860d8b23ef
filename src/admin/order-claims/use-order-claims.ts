import { useInfiniteQuery } from "@tanstack/react-query"
import { useAdminNotifications, useMedusa } from "medusa-react"
import { useEffect } from "react"
import type { OrderClaimList } from "./order-claim"
import { ORDER_CLAIMS } from "./paths"
import { pollWhileMailing } from "./polling"

/** The claims that are shown at first, and then at a time. */
const PART = 10

/**
 * Loads the claims of an order, the newest first. Fetches them again while one is in
 * the outbox, and whenever the order's notifications are fetched: the timeline can
 * resend, too.
 */
export function useOrderClaims(orderId: string) {
  const { client } = useMedusa()
  const query = useInfiniteQuery<OrderClaimList, Error>(
    [ORDER_CLAIMS, "order", orderId],
    ({ pageParam }: { pageParam?: string }) =>
      client.admin.custom.get(ORDER_CLAIMS, {
        order_id: orderId,
        limit: PART,
        ...(pageParam && { before: pageParam }),
      }),
    {
      staleTime: 0,
      getNextPageParam: (_last, parts) => nextPart(parts),
      refetchInterval: (data) => pollWhileMailing(claimsOf(data?.pages)),
    }
  )

  const { dataUpdatedAt } = useAdminNotifications({ resource_id: orderId })
  const { refetch } = query
  useEffect(() => {
    if (dataUpdatedAt) void refetch()
  }, [dataUpdatedAt, refetch])

  const { data, hasNextPage = false, isFetchingNextPage } = query
  return {
    claims: data && claimsOf(data.pages),
    error: query.error,
    retry: () => void refetch(),
    hasOlder: hasNextPage,
    isLoadingOlder: isFetchingNextPage,
    loadOlder: () => void query.fetchNextPage(),
  }
}

const claimsOf = (parts: OrderClaimList[] = []) =>
  parts.flatMap(({ order_claims }) => order_claims)

/** The last claim of the last part, if there are more than that many claims. */
function nextPart(parts: OrderClaimList[]): string | undefined {
  const claims = claimsOf(parts)
  const count = parts[0]?.count ?? 0
  return claims.length < count ? claims[claims.length - 1]?.id : undefined
}
