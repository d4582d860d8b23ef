import type { ListedClaim } from "../../db/claim-list"

/** What JSON makes of a row: its dates are texts. */
type InJson<Row> = {
  [Key in keyof Row]: Date extends Row[Key]
    ? string | Exclude<Row[Key], Date>
    : Row[Key]
}

/** A claim as `GET /admin/order-claims` lists it. */
export type OrderClaim = InJson<ListedClaim>

/** The answer of `GET /admin/order-claims`. */
export interface OrderClaimList {
  order_claims: OrderClaim[]
  count: number
}
