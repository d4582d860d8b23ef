import type { ExaminedClaim } from "../actions/examine"
import type { RefusalCode } from "../claims/refusal"

/** What the page has to say. */
export type PageState =
  | ExaminedClaim["status"]
  /** A link that is none, or not all of one. */
  | "invalid"
  /** A new link is on its way. */
  | "renewed"
  /** Enough was mailed to the address. */
  | "throttled"
  /** The shop wants the claimant to be logged in. */
  | "login"
  /** Something of ours broke. */
  | "failed"

/** What its buttons do. */
export const ACTIONS = ["confirm", "decline", "renew"] as const
export type Action = (typeof ACTIONS)[number]

/** What an action leads to if nothing is in its way. */
export const DONE = {
  confirm: "confirmed",
  decline: "declined",
  renew: "renewed",
} as const satisfies Record<Action, PageState>

const REFUSED = {
  order_claim_invalid: "invalid",
  order_claim_expired: "expired",
  order_claim_superseded: "superseded",
  order_claim_used: "used",
  order_claim_declined: "declined",
  order_claim_canceled: "canceled",
  order_claim_stale: "stale",
  // There is no need for a new link: this one asks.
  order_claim_active: "open",
  order_claim_throttled: "throttled",
} as const satisfies Record<RefusalCode, PageState>

/** What a refusal means to the reader. */
export function stateOfRefusal(code: string | undefined): PageState {
  return REFUSED[code as RefusalCode] ?? "failed"
}

const STATUS: Partial<Record<PageState, number>> = {
  invalid: 400,
  login: 401,
  failed: 500,
}

/** The HTTP status of a page: that of an answer, not of the claim. */
export function statusOf(state: PageState): number {
  return STATUS[state] ?? 200
}
