import { useQuery } from "@tanstack/react-query"
import { useAdminNotifications, useMedusa } from "medusa-react"
import { useEffect } from "react"
import type { OrderClaimList } from "./order-claim"

/** The path under `/admin`, and with it the beginning of the query's key. */
const ORDER_CLAIMS = "/order-claims"

/** The keys of what to fetch again when a claim has changed. */
export const CLAIM_KEYS = [[ORDER_CLAIMS]]

const POLL_MS = 3000

/**
 * The claims of an order, the newest first. They are fetched again while one is
 * in the outbox, and whenever the order's notifications are: the timeline beside
 * can resend, too.
 */
export function useOrderClaims(orderId: string) {
  const { client } = useMedusa()
  const { data, error, refetch } = useQuery<OrderClaimList, Error>(
    [ORDER_CLAIMS, orderId],
    // not useAdminCustomQuery: its type leaves no room for an interval
    () => client.admin.custom.get(ORDER_CLAIMS, { order_id: orderId }),
    {
      staleTime: 0,
      refetchInterval: (list) => (isOnItsWay(list) ? POLL_MS : false),
    }
  )
  const { dataUpdatedAt } = useClaimMails(orderId)
  useEffect(() => {
    if (dataUpdatedAt) void refetch()
  }, [dataUpdatedAt, refetch])

  return { data, error }
}

const isOnItsWay = (list?: OrderClaimList): boolean =>
  list?.order_claims.some(({ status }) => status === "pending") ?? false

/** The order's notifications, with the claim that each belongs to in `data`. */
function useClaimMails(orderId: string) {
  return useAdminNotifications({
    resource_id: orderId,
    // created_at: core sorts by it, and cannot by what is not asked for
    fields: "id,created_at,data",
  })
}

/** The notification that a resend of the claim's mail starts from, if it was mailed. */
export function useMailOf(claimId: string, orderId: string) {
  const { notifications = [] } = useClaimMails(orderId)
  return notifications.find(({ data }) => data.order_claim_id === claimId)
}
