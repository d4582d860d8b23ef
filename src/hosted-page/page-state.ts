import type { ExaminedClaim } from "../actions/examine"
import type { RefusalCode } from "../claims/refusal"

/** The states of the page, each with its own texts. */
export type PageState =
  | ExaminedClaim["status"]
  /** The link is invalid, or a part of it is missing. */
  | "invalid"
  /** A new link is on its way. */
  | "renewed"
  /** Too many links were mailed to the address. */
  | "throttled"
  /** Only the claimant may confirm, logged in; or the password was wrong. */
  | "login"
  /** Too many passwords were wrong: the link has to be renewed. */
  | "locked"
  /** The time in which the orders could be taken back is over. */
  | "late"
  /** None of the orders can be taken back. */
  | "gone"
  /** There was an unexpected error. */
  | "failed"

/** The actions of the page's buttons. */
export const ACTIONS = ["confirm", "decline", "renew", "revert"] as const
export type Action = (typeof ACTIONS)[number]

/** The longest password that the form takes. */
export const MAX_PASSWORD_LENGTH = 1000

/** The state of the page after an action has succeeded. */
export const DONE = {
  confirm: "confirmed",
  decline: "declined",
  renew: "renewed",
  revert: "reverted",
} as const satisfies Record<Action, PageState>

const REFUSED = {
  order_claim_invalid: "invalid",
  order_claim_expired: "expired",
  order_claim_superseded: "superseded",
  order_claim_used: "used",
  order_claim_reverted: "reverted",
  order_claim_declined: "declined",
  order_claim_canceled: "canceled",
  order_claim_stale: "stale",
  // The link still works, so the page asks with it.
  order_claim_active: "open",
  order_claim_throttled: "throttled",
} as const satisfies Record<RefusalCode, PageState>

/** Maps the code of a refusal to the state of the page. */
export function stateOfRefusal(code: string | undefined): PageState {
  return REFUSED[code as RefusalCode] ?? "failed"
}

const STATUS: Partial<Record<PageState, number>> = {
  invalid: 400,
  login: 401,
  locked: 401,
  failed: 500,
}

/** The HTTP status of a page. A claim that was refused has a page, too: 200. */
export function statusOf(state: PageState): number {
  return STATUS[state] ?? 200
}
