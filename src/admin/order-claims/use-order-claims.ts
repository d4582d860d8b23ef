import { useQuery } from "@tanstack/react-query"
import { useAdminNotifications, useMedusa } from "medusa-react"
import { useEffect } from "react"
import type { OrderClaimList } from "./order-claim"

/** The path under `/admin`, with which the query's key begins. */
const ORDER_CLAIMS = "/order-claims"

/** The keys of the queries to fetch again when a claim has changed. */
export const CLAIM_KEYS = [[ORDER_CLAIMS]]

const POLL_MS = 3000

/**
 * Loads the claims of an order, the newest first. Fetches them again while one is in
 * the outbox, and whenever the order's notifications are fetched: the timeline can
 * resend, too.
 */
export function useOrderClaims(orderId: string) {
  const { client } = useMedusa()
  const { data, error, refetch } = useQuery<OrderClaimList, Error>(
    [ORDER_CLAIMS, orderId],
    // Not useAdminCustomQuery: its type does not allow an interval.
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

/** Loads the order's notifications; `data` names the claim of each. */
function useClaimMails(orderId: string) {
  return useAdminNotifications({
    resource_id: orderId,
    // Core sorts by created_at, and fails if it is not among the fields.
    fields: "id,created_at,data",
  })
}

/** Finds the notification with which to resend the claim's mail, if it was mailed. */
export function useMailOf(claimId: string, orderId: string) {
  const { notifications = [] } = useClaimMails(orderId)
  return notifications.find(({ data }) => data.order_claim_id === claimId)
}
