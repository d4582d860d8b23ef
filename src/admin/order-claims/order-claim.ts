import type { ListedClaim } from "../../db/claim-list"
import type { ClaimStatus, Decider, Party } from "../../claims/claim"

// TEMPORARY until merge
interface StaffClaim extends Omit<ListedClaim, "origin"> {
  claimant: {
    email: string
    first_name: string | null
    last_name: string | null
  } | null
  orders: { id: string; display_id: number }[]
  origin: ListedClaim["origin"] | "staff"
  history: {
    action: "confirm" | "revert" | "decline" | "cancel" | "lift"
    by: Decider
    at: string
    user_id?: string
  }[]
  requested_by: string | null
  notice_attempts: number
  failed_at: Date | null
  failed_notices: Party[]
  retried_at: Date | null
}
export type ClaimCounts = Record<ClaimStatus | "failed_notices", number>
export interface RetryResult {
  queued: number
  limited: number
  left: number
}

/** A row as JSON, in which dates are strings. */
type InJson<Row> = {
  [Key in keyof Row]: Date extends Row[Key]
    ? string | Exclude<Row[Key], Date>
    : Row[Key]
}

/** A claim as `GET /admin/order-claims` lists it. */
export type OrderClaim = InJson<StaffClaim>

/** The response of `GET /admin/order-claims`. */
export interface OrderClaimList {
  order_claims: OrderClaim[]
  /** At most 10,000, which means "at least". */
  count: number
  counts?: ClaimCounts
}
