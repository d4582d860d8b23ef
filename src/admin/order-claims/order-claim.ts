import type { ListedClaim } from "../../db/claim-list"

/** A row as JSON, in which dates are strings. */
type InJson<Row> = {
  [Key in keyof Row]: Date extends Row[Key]
    ? string | Exclude<Row[Key], Date>
    : Row[Key]
}

/** A claim as `GET /admin/order-claims` lists it. */
export type OrderClaim = InJson<ListedClaim>

/** The response of `GET /admin/order-claims`. */
export interface OrderClaimList {
  order_claims: OrderClaim[]
  count: number
}
