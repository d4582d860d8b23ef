import type { ERASED as ServersErased } from "../../claims/erasure"
import { partGivenBack } from "./facts"
import type { OrderClaim } from "./order-claim"

// A copy, checked by its type: the dashboard loads none of the server's code.
const ERASED: typeof ServersErased = "erased"

/** The part of a claim that decides what can be done to it. */
type ClaimState = Pick<OrderClaim, "status" | "email" | "order_ids" | "sent_at">

/** An action of staff on a claim, with the words of its button and its dialog. */
export interface ClaimAction {
  /** The last part of the path to post to. */
  path: "cancel" | "resend" | "revert"
  button: string
  title: string
  description: (claim: ClaimState) => string
  confirmText: string
  cancelText: string
  variant: "danger" | "confirmation"
  /** The title and the text of the notice afterwards, from the claim in the response. */
  done: (claim: OrderClaim) => [title: string, text: string]
  /** The title of the notice if it did not work. */
  failed: string
}

const RESEND: ClaimAction = {
  path: "resend",
  button: "Resend",
  title: "Email a new link?",
  description: (claim) =>
    [resendWords(claim), otherAddressWords(claim)].filter(Boolean).join(" "),
  confirmText: "Send the email",
  cancelText: "Back",
  variant: "confirmation",
  done: ({ email }) => ["Email sent", `${email} has a new link.`],
  failed: "Not sent",
}

const resendWords = ({ email, sent_at }: ClaimState): string =>
  sent_at === null
    ? `This emails a link to ${email}.`
    : `This emails a new link to ${email}. Links in earlier emails stop working.`

/** Claims that were not emailed are not in the timeline; nor are some whose email failed. */
const otherAddressWords = ({ status }: ClaimState): string | false =>
  status !== "throttled" &&
  status !== "ineligible" &&
  `To use another address, choose "Re-Send Mail" in the order's timeline, if it shows this email.`

const CANCEL: ClaimAction = {
  path: "cancel",
  button: "Cancel",
  title: "Cancel this order claim?",
  description: ({ status }) =>
    status === "sent"
      ? "The link in the email will no longer work."
      : "Links in earlier emails will no longer work, and no new one will be emailed.",
  confirmText: "Cancel the claim",
  cancelText: "Back",
  variant: "danger",
  done: () => ["Order claim canceled", "Its link no longer works."],
  failed: "Not canceled",
}

/** For a claim without a link that works: its customer waits for nothing. */
const CANCEL_UNMAILED: ClaimAction = {
  ...CANCEL,
  description: () => "No link will be emailed. The customer can ask again.",
  done: () => ["Order claim canceled", "The customer can ask again."],
}

const MAY_ASK_AGAIN = "The claimant may ask for these orders again."

const LIFT: ClaimAction = {
  path: "cancel",
  button: "Lift decline",
  title: "Lift this decline?",
  description: () => "The claimant may then ask for these orders again.",
  confirmText: "Lift the decline",
  cancelText: "Back",
  variant: "confirmation",
  done: () => ["Decline lifted", MAY_ASK_AGAIN],
  failed: "Not lifted",
}

/** For orders that were given back: they are blocked as after a decline. */
const UNBLOCK: ClaimAction = {
  ...LIFT,
  button: "Lift block",
  title: "Lift this block?",
  confirmText: "Lift the block",
  done: () => ["Block lifted", MAY_ASK_AGAIN],
}

const GIVE_BACK: ClaimAction = {
  path: "revert",
  button: "Give back",
  title: "Give the orders back?",
  description: ({ email }) =>
    `Orders of this claim that are still in the claimant's account go back to ${email}. An email says so, and the claimant cannot ask for them again.`,
  confirmText: "Give them back",
  cancelText: "Keep them there",
  variant: "danger",
  done: givenBack,
  failed: "Not given back",
}

/** The notice about the orders that went back: none do if all were canceled meanwhile. */
export function givenBack(
  claim: Pick<OrderClaim, "email" | "moved_orders" | "reverted_order_ids">
): [title: string, text: string] {
  const stayed = "were canceled, or are no longer in the claimant's account."
  if (claim.reverted_order_ids.length === 0) {
    return [
      "Nothing given back",
      `None of these orders could go back: they ${stayed} The claimant cannot ask for them again.`,
    ]
  }
  const part = partGivenBack(claim)
  const text = part
    ? `${part} went back to ${claim.email}. The rest ${stayed}`
    : `They belong to ${claim.email} again.`
  return ["Given back", text]
}

/** The actions that make sense for a claim; the server checks once more. */
export function actionsFor(claim: ClaimState): ClaimAction[] {
  switch (claim.status) {
    case "requested":
      return [CANCEL_UNMAILED]
    case "pending":
    case "sent":
    case "failed":
    case "throttled":
    case "ineligible":
      return [...resendOf(claim), cancelOf(claim)]
    case "confirmed":
      // There is no address left to give them back to.
      return claim.email === ERASED ? [] : [GIVE_BACK]
    case "reverted":
      return [UNBLOCK]
    case "declined":
      return [LIFT]
    case "canceled":
      return []
  }
}

/** Without orders, there is nothing that a link could be for. */
const resendOf = ({ order_ids }: ClaimState): ClaimAction[] =>
  order_ids.length ? [RESEND] : []

const cancelOf = ({ sent_at }: ClaimState): ClaimAction =>
  sent_at === null ? CANCEL_UNMAILED : CANCEL
