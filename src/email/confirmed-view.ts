import type { Party } from "../claims/claim"
import { formatMoment } from "../texts/dates"
import {
  MessageFacts,
  MessageTexts,
  MessageView,
  messageView,
  moreOrders,
} from "./message-view"
import { countOrders } from "./order-view"
import { claimantView, maskedAddress, Person, PersonView } from "./person-view"
import type { Texts, TextSource } from "../texts/texts"

/** The view of the template `claim-confirmed`: finished text, still to be escaped. */
export interface ClaimConfirmedView extends MessageView {
  /** The name of the message. */
  message: "claim-confirmed"
  /** The side that gets this mail: the orders' old address, or the claimant. */
  to: Party
  /** True if it is the old address; for templates without comparisons. */
  to_recipient: boolean
  /**
   * True if the orders' old address is the claimant's own: the only mail is news to the
   * owner of the account.
   */
  own_address: boolean
  /** The customer who has the orders now; without a name if `own_address`. */
  claimant: PersonView
  /** The orders' old address, masked. */
  recipient: string
  /** The time of the confirm; ISO 8601, UTC. */
  confirmed_at: string
  /** The way to take the orders back: for the old address only, if the shop offers it. */
  revert:
    | {
        /** The link that asks whether to take the orders back: the shop's page. */
        link: string
        /** The end of that link. */
        until: {
          /** ISO 8601, UTC. */
          at: string
          /** `November 28, 2026 at 14:32 UTC`. */
          moment: string
        }
      }
    | undefined
  /** Every text of the message, in its language. */
  texts: ClaimConfirmedTexts
}

export interface ClaimConfirmedTexts extends MessageTexts {
  /** On `revert.link`; empty without one. */
  take_back: string
  /** The end of `revert.link`; empty without one. */
  take_back_until: string
  /** Introduces the support address; complete if the shop has none. */
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
  /** The link that takes the orders back, if this mail has one. */
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
  const what = countOrders(facts.orders, facts.orderCount)
  const moment = formatMoment(facts.confirmedAt, locale)
  const reader = ownAddress ? "claimant" : party
  const until = revert ? formatMoment(revert.until, locale) : ""
  return {
    message: "claim-confirmed",
    ...common,
    to: party,
    to_recipient: party === "recipient",
    own_address: ownAddress,
    claimant: claimantView(facts.claimant, ownAddress),
    recipient,
    confirmed_at: facts.confirmedAt.toISOString(),
    revert: revert && {
      link: revert.link,
      until: { at: revert.until.toISOString(), moment: until },
    },
    texts: {
      subject: t(`confirmed.${reader}.subject`, {
        brand: common.brand.name,
        ...what,
      }),
      preheader: t(`confirmed.${party}.preheader`, { recipient }),
      greeting: t("greeting"),
      heading: t(`confirmed.${reader}.heading`, what),
      intro: t(`confirmed.${ownAddress ? "own" : party}.intro`, {
        moment,
        recipient,
      }),
      more_orders: moreOrders(common, t),
      not_you: t("not_you"),
      take_back: revert ? t("confirmed.take_back") : "",
      take_back_until: revert
        ? t("confirmed.take_back_until", { moment: until })
        : "",
      tell_us: tellUs(common, Boolean(revert), t),
    },
  }
}

/** With a link that helps at once, a letter to the shop is the second thing to do. */
function tellUs(view: MessageView, hasLink: boolean, t: Texts): string {
  const hasSupport = Boolean(view.brand.support_email)
  if (hasLink) return t(hasSupport ? "questions" : "questions_by_reply")
  return t(hasSupport ? "confirmed.write_to_us" : "confirmed.answer_us")
}
