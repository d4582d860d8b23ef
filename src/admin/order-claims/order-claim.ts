import type { ClaimCounts } from "../../db/claim-counts"
import type { StaffClaim } from "../../db/staff-claims"

export type { RetryResult } from "../../actions/retry"
export type { ClaimCounts }

/** A row as JSON, in which dates are strings. */
type InJson<Row> = {
  [Key in keyof Row]: Date extends Row[Key]
    ? string | Exclude<Row[Key], Date>
    : Row[Key]
}

/** A claim as `GET /admin/order-claims` lists it. */
export type OrderClaim = InJson<StaffClaim>

/** The claim, as what was posted has left it. */
export interface ClaimResponse {
  order_claim: OrderClaim
}

/** The response of `GET /admin/order-claims`. */
export interface OrderClaimList {
  order_claims: OrderClaim[]
  /** At most 10,000, or 1,000 of a search; as many mean "at least". */
  count: number
  /** Of the whole shop, if they were asked for. */
  counts?: ClaimCounts
}
