import type { Party } from "../claims/claim"
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
import { DeadlineView, deadlineView, momentView } from "./moment-view"
import { countOrders } from "./order-view"
import { ClaimantView, claimantView } from "./claimant-view"
import { maskedAddress, Person } from "./person-view"
import type { Texts, TextSource } from "../texts/texts"

/** The view of the template `claim-confirmed`: finished text, still to be escaped. */
export interface ClaimConfirmedView extends MessageView {
  /** The name of the message. */
  message: "claim-confirmed"
  /** The side that gets this email: the orders' old address, or the claimant. */
  to: Party
  /** True if it is the old address; for templates without comparisons. */
  to_recipient: boolean
  /**
   * True if the orders' old address is the claimant's own: there is only this email, for
   * the owner of the account.
   */
  own_address: boolean
  /** The customer who has the orders now; without a name if `own_address`. */
  claimant: ClaimantView
  /** The orders' old address, masked. */
  recipient: string
  /** The time of the confirmation; ISO 8601, UTC. */
  confirmed_at: string
  /** The way to take the orders back: for the old address only, if the shop offers it. */
  revert:
    | {
        /** The link to take the orders back: the shop's page, which asks first. */
        link: string
        /** The time until which that link works. */
        until: DeadlineView
      }
    | undefined
  /** Every text of the message, in its language. */
  texts: ClaimConfirmedTexts
}

export interface ClaimConfirmedTexts extends MessageTexts {
  /** The text of `revert.link`; empty without one. */
  take_back: string
  /** Says how long `revert.link` works, and until when; empty without one. */
  take_back_until: string
  /** Asks the reader to write to the shop. */
  tell_us: string
}

/** The facts that the view is made from. */
export interface ClaimConfirmedFacts extends MessageFacts {
  party: Party
  recipient: string
  claimant: Person
  /** True if the old address is the claimant's own. */
  ownAddress: boolean
  confirmedAt: Date
  /** The time at which the email is written. */
  now: Date
  /** The link that takes the orders back, if this email has one. */
  revert: { link: string; until: Date } | undefined
}

/** Makes the view. Names and titles, which people wrote, are sanitized. */
export function claimConfirmedView(
  facts: ClaimConfirmedFacts,
  source: TextSource
): ClaimConfirmedView {
  const { party, locale, ownAddress, revert } = facts
  const t = source.of(locale)
  const common = messageView(facts, t)
  const recipient = maskedAddress(facts.recipient)
  const claimant = claimantView(facts.claimant, ownAddress, locale, t)
  const what = countOrders(facts.orders, facts.orderCount)
  const { moment } = momentView(facts.confirmedAt, locale, t)
  const reader = ownAddress ? "claimant" : party
  const heading = t(`confirmed.${reader}.heading`, what)
  const intro = t(`confirmed.${ownAddress ? "own" : party}.intro`, {
    ...what,
    moment,
    claimant: claimant.label,
    recipient: isolated(recipient, locale),
  })
  const until = revert && deadlineView(facts.now, revert.until, locale, t)
  return {
    message: "claim-confirmed",
    ...common,
    to: party,
    to_recipient: party === "recipient",
    own_address: ownAddress,
    claimant,
    recipient,
    confirmed_at: facts.confirmedAt.toISOString(),
    revert: revert && until && { link: revert.link, until },
    texts: {
      subject: subjectLine(common, heading, t),
      preheader: ownAddress
        ? intro
        : t(`confirmed.${party}.preheader`, {
            recipient: isolated(recipient, locale),
          }),
      greeting: t("greeting"),
      heading,
      intro,
      more_orders: moreOrders(common, t),
      not_you: t("confirmed.not_you"),
      take_back: revert ? t("confirmed.take_back", what) : "",
      take_back_until: until
        ? t("expiry", { duration: until.in, moment: until.moment })
        : "",
      tell_us: tellUs(common, Boolean(revert), t),
    },
  }
}

/** With a link that helps at once, a letter to the shop is the second thing to do. */
function tellUs(view: MessageView, hasLink: boolean, t: Texts): string {
  return hasLink
    ? (support(view, "questions", t) ?? t("questions_by_reply"))
    : (support(view, "write_to_us", t) ?? t("reply_to_us"))
}
