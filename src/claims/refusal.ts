import { MedusaError } from "medusa-core-utils"

/** Why a token, or a resend, is turned down: what storefronts tell apart. */
export type RefusalCode =
  | "order_claim_invalid"
  | "order_claim_expired"
  | "order_claim_superseded"
  | "order_claim_used"
  | "order_claim_declined"
  | "order_claim_canceled"
  | "order_claim_stale"
  /** Only when a link is to be renewed: it still works. */
  | "order_claim_active"
  /** Only when a link is to be renewed: enough was mailed to that address. */
  | "order_claim_throttled"

const SENTENCES: Record<RefusalCode, string> = {
  order_claim_invalid:
    "This is not a valid link to claim an order. Open the link from the email again, or ask for the order once more.",
  order_claim_expired:
    "This link has expired. Ask for the order once more to get a new one.",
  order_claim_superseded:
    "A newer link was sent after this one. Use the link from the latest email.",
  order_claim_used: "This order claim has been confirmed already.",
  order_claim_declined:
    "This order claim was declined by the owner of the order's email address.",
  order_claim_canceled: "This order claim was canceled.",
  order_claim_stale:
    "None of these orders can be claimed any more: they were canceled, have changed their email address, or belong to somebody already.",
  order_claim_active: "This link still works: there is no need for a new one.",
  order_claim_throttled:
    "Enough links were sent to this address for now. Try again later.",
}

/**
 * A refusal in Medusa's own error shape: 400 `not_allowed`, told apart by
 * `code`. Not a conflict: the official client repeats a request on 409, and
 * core rewrites its message.
 */
export class OrderClaimRefusal extends MedusaError {
  constructor(code: RefusalCode, sentence: string = SENTENCES[code]) {
    super(MedusaError.Types.NOT_ALLOWED, sentence, code)
    // MedusaError is compiled to ES5, which loses the class of an Error.
    Object.setPrototypeOf(this, new.target.prototype)
  }
}

/** 401: the shop wants the claimant to be logged in, and somebody else or nobody is. */
export function loginRequired(): MedusaError {
  return new MedusaError(
    MedusaError.Types.UNAUTHORIZED,
    "Log in with the account that asked for these orders, and open the link again."
  )
}
