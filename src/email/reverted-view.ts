import type { Party } from "../claims/claim"
import type { TextSource } from "../texts/texts"
import { isolated } from "./bidi"
import {
  MessageFacts,
  MessageTexts,
  MessageView,
  messageView,
  moreOrders,
  subjectLine,
  support,
} from "./message-view"
import { momentView } from "./moment-view"
import { countOrders } from "./order-view"
import { ClaimantView, claimantView } from "./claimant-view"
import { maskedAddress, Person } from "./person-view"

/** The view of the template `claim-reverted`: finished text, still to be escaped. */
export interface ClaimRevertedView extends MessageView {
  /** The name of the message. */
  message: "claim-reverted"
  /** The side that gets this email: the orders' old address, or the claimant. */
  to: Party
  /** True if it is the old address; for templates without comparisons. */
  to_recipient: boolean
  /**
   * True if the orders' old address is the claimant's own: there is only this email, for
   * the owner of the address, who may also own the account.
   */
  own_address: boolean
  /** The customer who had the orders; without a name if `own_address`. */
  claimant: ClaimantView
  /** The address that has the orders again, masked. */
  recipient: string
  /** The time at which they were given back; ISO 8601, UTC. */
  reverted_at: string
  /** Every text of the message, in its language. */
  texts: ClaimRevertedTexts
}

export interface ClaimRevertedTexts extends MessageTexts {
  /** Says that nobody can ask for these orders from that account again. */
  blocked: string
  /** Asks the reader to write to the shop. */
  tell_us: string
}

/** The facts that the view is made from. */
export interface ClaimRevertedFacts extends MessageFacts {
  party: Party
  recipient: string
  claimant: Person
  /** True if the old address is the claimant's own. */
  ownAddress: boolean
  revertedAt: Date
}

/**
 * Makes the view. Names and titles, which people wrote, are sanitized. No text says who
 * gave the orders back: it may have been the shop.
 */
export function claimRevertedView(
  facts: ClaimRevertedFacts,
  source: TextSource
): ClaimRevertedView {
  const { party, locale, ownAddress } = facts
  const t = source.of(locale)
  const common = messageView(facts, t)
  const recipient = maskedAddress(facts.recipient)
  const claimant = claimantView(facts.claimant, ownAddress, locale, t)
  const what = countOrders(facts.orders, facts.orderCount)
  const { moment } = momentView(facts.revertedAt, locale, t)
  const heading = t(`reverted.${party}.heading`, what)
  const blocked = t(`reverted.${party}.blocked`, what)
  return {
    message: "claim-reverted",
    ...common,
    to: party,
    to_recipient: party === "recipient",
    own_address: ownAddress,
    claimant,
    recipient,
    reverted_at: facts.revertedAt.toISOString(),
    texts: {
      subject: subjectLine(common, heading, t),
      preheader: blocked,
      greeting: t("greeting"),
      heading,
      intro: t(`reverted.${ownAddress ? "own" : party}.intro`, {
        ...what,
        moment,
        claimant: claimant.label,
        recipient: isolated(recipient, locale),
      }),
      more_orders: moreOrders(common, t),
      blocked,
      not_you: t("reverted.wrong"),
      tell_us: support(common, "write_to_us", t) ?? t("reply_to_us"),
    },
  }
}
