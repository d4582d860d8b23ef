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

/** The view of the template `claim-request`: finished text, still to be escaped. */
export interface ClaimRequestView extends MessageView {
  /** The name of the message. */
  message: "claim-request"
  /** The customer who asks. */
  claimant: PersonView
  /** The link to confirm: the shop's page with the token. */
  link: string
  /** The link to decline: the same page. */
  decline_link: string
  /** The end of the link. */
  expires: {
    /** ISO 8601, UTC. */
    at: string
    /** `November 22, 2026 at 14:17 UTC`. */
    moment: string
    /** `24 hours`: the link's lifetime. */
    in: string
  }
  /** Every text of the message, in its language. */
  texts: ClaimRequestTexts
}

export interface ClaimRequestTexts extends MessageTexts {
  /** On the button that opens `link`. */
  button: string
  /** Introduces the link in full. */
  open_link: string
  /** The lifetime of the link. */
  expiry: string
  /** Asks the reader not to forward the mail. */
  no_forward: string
  /** The answer to `not_you`. */
  do_nothing: string
  /** On `decline_link`. */
  decline: string
  /** Introduces the support address. */
  questions: string
}

/** The facts that the view is made from. */
export interface ClaimRequestFacts extends MessageFacts {
  claimant: Person
  link: string
  declineLink: string
  issuedAt: Date
  expiresAt: Date
}

/** Makes the view. Names and titles, which people wrote, are sanitized. */
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
