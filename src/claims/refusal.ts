import { MedusaError } from "medusa-core-utils"
import { counted } from "../values/counted"

/** The reason for refusing a token or a resend, as a code for storefronts. */
export type RefusalCode =
  | "order_claim_invalid"
  | "order_claim_expired"
  | "order_claim_superseded"
  | "order_claim_used"
  | "order_claim_reverted"
  | "order_claim_declined"
  | "order_claim_canceled"
  | "order_claim_stale"
  /** Only for a renewal: the link still works. */
  | "order_claim_active"
  /**
   * For a renewal: too many links were mailed to that address. For a request of staff:
   * to that address, or for that customer. For a request without ids: the customer has
   * asked far too often.
   */
  | "order_claim_throttled"

const SENTENCES: Record<RefusalCode, string> = {
  order_claim_invalid:
    "This is not a valid link to claim an order. Open the link from the email again, or ask for the order once more.",
  order_claim_expired:
    "This link has expired. Ask for the order once more to get a new one.",
  order_claim_superseded:
    "A newer link was sent after this one. Use the link from the latest email.",
  order_claim_used: "This order claim has been confirmed already.",
  order_claim_reverted: "These orders were given back.",
  order_claim_declined:
    "This order claim was declined by the owner of the order's email address.",
  order_claim_canceled: "This order claim was canceled.",
  order_claim_stale:
    "None of these orders can be claimed any more: they were canceled, have changed their email address, or already belong to an account.",
  order_claim_active: "This link still works: there is no need for a new one.",
  order_claim_throttled:
    "Too many links were sent to this address. Try again later.",
}

/**
 * A refusal in Medusa's error format: 400 `not_allowed` with a `code`. It is not a
 * 409, because the official client repeats such a request, and core rewrites its message.
 */
export class OrderClaimRefusal extends MedusaError {
  constructor(code: RefusalCode, sentence: string = SENTENCES[code]) {
    super(MedusaError.Types.NOT_ALLOWED, sentence, code)
    // MedusaError is compiled to ES5, which loses the class of an Error.
    Object.setPrototypeOf(this, new.target.prototype)
  }
}

/** Makes the refusal for a customer who has asked far too often. */
export function askedTooOften(waitMs: number): OrderClaimRefusal {
  return new OrderClaimRefusal(
    "order_claim_throttled",
    `You have asked for orders too often. Try again in ${inWords(waitMs)}.`
  )
}

/** `12 minutes`, or `3 hours`; rounded up. */
function inWords(ms: number): string {
  const minutes = Math.ceil(ms / 60_000)
  return minutes <= 90
    ? counted(minutes, "minute")
    : counted(Math.ceil(minutes / 60), "hour")
}

/** The code of the 401 for a claim that only its claimant, logged in, may confirm. */
export const LOGIN_REQUIRED = "order_claim_login_required"

/** The code of the 401 for a wrong password on the hosted page. */
export const WRONG_PASSWORD = "order_claim_wrong_password"

/** The code of the 400 for a request that a page of another site has sent. */
export const CROSS_SITE = "order_claim_cross_site"

/** Makes the refusal of a request to the admin's routes from another site. */
export function crossSite(): MedusaError {
  return new MedusaError(
    MedusaError.Types.NOT_ALLOWED,
    "A page of another site has sent this request. If it is your dashboard, add its origin to admin_cors in medusa-config.js.",
    CROSS_SITE
  )
}

/** Makes the 401 for a claim that only its claimant, logged in, may confirm. */
export function loginRequired(): MedusaError {
  return new MedusaError(
    MedusaError.Types.UNAUTHORIZED,
    "Log in with the account that asked for these orders, and open the link again.",
    LOGIN_REQUIRED
  )
}

/** Makes the 401 for a password that is not that of the claimant's account. */
export function wrongPassword(): MedusaError {
  return new MedusaError(
    MedusaError.Types.UNAUTHORIZED,
    "This is not the password of the account that asked for these orders.",
    WRONG_PASSWORD
  )
}
