/** The path under `/admin`, with which the keys of the queries begin. */
export const ORDER_CLAIMS = "/order-claims"

/** The path of an action on a claim. */
export const actionPath = (claimId: string, action: string): string =>
  `${ORDER_CLAIMS}/${claimId}/${action}`

/** The path that sends failed emails again. */
export const RETRY_PATH = `${ORDER_CLAIMS}/retry`

/** The address of the page "Order claims" in the dashboard. */
export const CLAIMS_PAGE = "/a/order-claims"

/** The page with the claims of one order. */
export const claimsOfOrder = (orderId: string): string =>
  `${CLAIMS_PAGE}?order_id=${orderId}`
