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
import { maskedAddress, Person, PersonView, personView } from "./person-view"
import type { TextSource } from "../texts/texts"

/** The view of the template `claim-confirmed`: finished text, still to be escaped. */
export interface ClaimConfirmedView extends MessageView {
  /** The name of the message. */
  message: "claim-confirmed"
  /** The side that gets this mail: the orders' old address, or the claimant. */
  to: Party
  /** True if it is the old address; for templates without comparisons. */
  to_recipient: boolean
  /** The customer who has the orders now. */
  claimant: PersonView
  /** The orders' old address, masked. */
  recipient: string
  /** The time of the confirm; ISO 8601, UTC. */
  confirmed_at: string
  /** Every text of the message, in its language. */
  texts: ClaimConfirmedTexts
}

export interface ClaimConfirmedTexts extends MessageTexts {
  /** Introduces the support address; complete if the shop has none. */
  tell_us: string
}

/** The facts that the view is made from. */
export interface ClaimConfirmedFacts extends MessageFacts {
  party: Party
  recipient: string
  claimant: Person
  confirmedAt: Date
}

/** Makes the view. Names and titles, which people wrote, are sanitized. */
export function claimConfirmedView(
  facts: ClaimConfirmedFacts,
  source: TextSource
): ClaimConfirmedView {
  const { party, locale } = facts
  const t = source.of(locale)
  const common = messageView(facts, t)
  const recipient = maskedAddress(facts.recipient)
  const what = countOrders(facts.orders, facts.orderCount)
  const moment = formatMoment(facts.confirmedAt, locale)
  const hasSupport = Boolean(common.brand.support_email)
  return {
    message: "claim-confirmed",
    ...common,
    to: party,
    to_recipient: party === "recipient",
    claimant: personView(facts.claimant),
    recipient,
    confirmed_at: facts.confirmedAt.toISOString(),
    texts: {
      subject: t(`confirmed.${party}.subject`, {
        brand: common.brand.name,
        ...what,
      }),
      preheader: t(`confirmed.${party}.preheader`, { recipient }),
      greeting: t("greeting"),
      heading: t(`confirmed.${party}.heading`, what),
      intro: t(`confirmed.${party}.intro`, { moment, recipient }),
      more_orders: moreOrders(common, t),
      not_you: t("not_you"),
      tell_us: t(hasSupport ? "confirmed.write_to_us" : "confirmed.answer_us"),
    },
  }
}
