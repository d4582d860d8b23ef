import { formatDuration, formatMoment } from "../texts/dates"
import {
  MessageFacts,
  MessageTexts,
  MessageView,
  messageView,
  moreOrders,
} from "./message-view"
import { countOrders } from "./order-view"
import { Person, PersonView, personView } from "./person-view"
import type { TextSource } from "../texts/texts"

/** What the template of `claim-request` shows: finished text, still to be escaped. */
export interface ClaimRequestView extends MessageView {
  /** Tells the messages apart. */
  message: "claim-request"
  /** Who asks. */
  claimant: PersonView
  /** The page with the token: confirms. */
  link: string
  /** The same page, asked to decline. */
  decline_link: string
  /** When the link ends. */
  expires: {
    /** ISO 8601, UTC. */
    at: string
    /** `November 21, 2026 at 14:32 UTC`. */
    moment: string
    /** `15 minutes`: the link's whole life. */
    in: string
  }
  /** Every text of the message, in its language. */
  texts: ClaimRequestTexts
}

export interface ClaimRequestTexts extends MessageTexts {
  /** On the button that opens `link`. */
  button: string
  /** Stands before the link in full. */
  open_link: string
  /** How long the link works. */
  expiry: string
  /** Asks to keep the mail to oneself. */
  no_forward: string
  /** Follows `not_you`. */
  do_nothing: string
  /** On `decline_link`. */
  decline: string
  /** Stands before the support address. */
  questions: string
}

/** What it is made from. */
export interface ClaimRequestFacts extends MessageFacts {
  claimant: Person
  link: string
  declineLink: string
  issuedAt: Date
  expiresAt: Date
}

/** Makes the view. Everything that people wrote is defused on the way. */
export function claimRequestView(
  facts: ClaimRequestFacts,
  source: TextSource
): ClaimRequestView {
  const { locale, issuedAt, expiresAt } = facts
  const t = source.of(locale)
  const common = messageView(facts, t)
  const claimant = personView(facts.claimant)
  const what = countOrders(facts.orders, facts.orderCount)
  const brand = common.brand.name
  const duration = formatDuration(
    expiresAt.getTime() - issuedAt.getTime(),
    locale
  )
  const moment = formatMoment(expiresAt, locale)
  return {
    message: "claim-request",
    ...common,
    claimant,
    link: facts.link,
    decline_link: facts.declineLink,
    expires: { at: expiresAt.toISOString(), moment, in: duration },
    texts: {
      subject: t("request.subject", { brand, ...what }),
      preheader: t("request.preheader", {
        claimant: claimant.email,
        duration,
      }),
      greeting: t("greeting"),
      heading: t("request.heading", what),
      intro: t("request.intro"),
      more_orders: moreOrders(common, t),
      not_you: t("not_you"),
      button: t("request.button"),
      open_link: t("request.open_link"),
      expiry: t("request.expiry", { duration, moment }),
      no_forward: t("request.no_forward"),
      do_nothing: t("request.do_nothing"),
      decline: t("request.decline"),
      questions: t("questions"),
    },
  }
}
