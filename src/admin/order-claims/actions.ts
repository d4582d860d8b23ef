import type { ERASED as ServersErased } from "../../claims/erasure"
import type { OrderClaim } from "./order-claim"

// A copy, checked by its type: the dashboard loads none of the server's code.
const ERASED: typeof ServersErased = "erased"

/** An action of staff on a claim, with the words of its button and its dialog. */
export interface ClaimAction {
  /** The last part of the path to post to. */
  path: "cancel" | "resend" | "revert"
  button: string
  title: string
  description: (claim: OrderClaim) => string
  confirmText: string
  cancelText: string
  variant: "danger" | "confirmation"
  /** The title and the text of the notice afterwards. */
  done: [string, (claim: OrderClaim) => string]
  /** The title of the notice if it did not work. */
  failed: string
}

const RESEND: ClaimAction = {
  path: "resend",
  button: "Resend",
  title: "Mail a fresh link?",
  description: ({ email }) =>
    `A mail goes to ${email}. The links of earlier mails stop working. For another address, use "Re-Send Mail" in the order's timeline.`,
  confirmText: "Send the mail",
  cancelText: "Back",
  variant: "confirmation",
  done: ["Mail sent", ({ email }) => `${email} has a fresh link now.`],
  failed: "Not sent",
}

const CANCEL: ClaimAction = {
  path: "cancel",
  button: "Cancel",
  title: "Cancel this order claim?",
  description: () => "The link in the mail will stop working.",
  confirmText: "Cancel the claim",
  cancelText: "Back",
  variant: "danger",
  done: ["Order claim canceled", () => "Its link does not work any more."],
  failed: "Not canceled",
}

const LIFT: ClaimAction = {
  path: "cancel",
  button: "Lift decline",
  title: "Lift this decline?",
  description: () => "The claimant may then ask for these orders again.",
  confirmText: "Lift the decline",
  cancelText: "Back",
  variant: "confirmation",
  done: [
    "Decline lifted",
    () => "The claimant may ask for these orders again.",
  ],
  failed: "Not lifted",
}

/** For orders that were given back: they are blocked as after a decline. */
const UNBLOCK: ClaimAction = {
  ...LIFT,
  button: "Lift block",
  title: "Lift this block?",
  confirmText: "Lift the block",
  done: ["Block lifted", LIFT.done[1]],
}

const GIVE_BACK: ClaimAction = {
  path: "revert",
  button: "Give back",
  title: "Give the orders back?",
  description: ({ email }) =>
    `The orders of this claim that still are in the claimant's account go back to ${email}. Both sides get a mail, and the claimant cannot ask for them again.`,
  confirmText: "Give them back",
  cancelText: "Keep them there",
  variant: "danger",
  done: ["Given back", ({ email }) => `They belong to ${email} again.`],
  failed: "Not given back",
}

/** The actions that make sense for a claim; the server checks once more. */
export function actionsFor({
  status,
  email,
}: Pick<OrderClaim, "status" | "email">): ClaimAction[] {
  switch (status) {
    case "requested":
      return [CANCEL]
    case "pending":
    case "sent":
    case "failed":
      return [RESEND, CANCEL]
    case "confirmed":
      // There is no address left to give them back to.
      return email === ERASED ? [] : [GIVE_BACK]
    case "reverted":
      return [UNBLOCK]
    case "declined":
      return [LIFT]
    case "throttled":
      return [RESEND]
    case "canceled":
    case "ineligible":
      return []
  }
}
