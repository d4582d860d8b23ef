import { formatDay } from "../texts/dates"
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
import { DeadlineView, deadlineView } from "./moment-view"
import { countOrders } from "./order-view"
import { ClaimantView, claimantView } from "./claimant-view"
import { Person } from "./person-view"
import type { TextSource } from "../texts/texts"

/** The view of the template `claim-request`: finished text, still to be escaped. */
export interface ClaimRequestView extends MessageView {
  /** The name of the message. */
  message: "claim-request"
  /**
   * True if the claimant's account has the reader's own address. Nobody has verified it:
   * the reader may own the account, or know nothing about it.
   */
  own_address: boolean
  /** True if only the claimant can confirm, logged in. */
  login_required: boolean
  /** The day the account was opened; only if `own_address`. */
  account_opened:
    | {
        /** ISO 8601, UTC. */
        at: string
        /** `November 21, 2026`. */
        date: string
      }
    | undefined
  /** The customer who asks; without a name if `own_address`. */
  claimant: ClaimantView
  /** The link to confirm: the shop's page with the token. */
  link: string
  /** The link to decline: the same page with `action=decline`. */
  decline_link: string
  /** The time until which the link works. */
  expires: DeadlineView
  /** Every text of the message, in its language. */
  texts: ClaimRequestTexts
}

export interface ClaimRequestTexts extends MessageTexts {
  /** The text on the button that opens `link`. */
  button: string
  /** Introduces the link in full. */
  open_link: string
  /** Says how long the link works, and until when. */
  expiry: string
  /** Says what changes if the reader agrees; empty if `own_address`. */
  changes: string
  /** Asks the reader not to forward the email, or to log in if `login_required`. */
  no_forward: string
  /** The answer to `not_you`. */
  do_nothing: string
  /** The text of `decline_link`. */
  decline: string
  /** The support address in a sentence; empty if the shop has none. */
  questions: string
}

/** The facts that the view is made from. */
export interface ClaimRequestFacts extends MessageFacts {
  claimant: Person & { created_at: Date }
  /** True if the recipient's address is the claimant's own, now or when they asked. */
  ownAddress: boolean
  /** The option `require_login`. */
  requireLogin: boolean
  link: string
  declineLink: string
  /** The time at which the email is written. */
  now: Date
  expiresAt: Date
}

/**
 * Makes the view. Names and titles, which people wrote, are sanitized.
 *
 * A mail to the claimant's own address has texts of its own, and the built-in templates
 * show no claimant in it. Its reader either owns the account, and would wonder who
 * "v***@example.com" is, or has never heard of it, and must not take the words of
 * whoever registered for the shop's. The same mail offers the orders to a new account,
 * so it does not say that anybody asked.
 */
export function claimRequestView(
  facts: ClaimRequestFacts,
  source: TextSource
): ClaimRequestView {
  const { locale, now, expiresAt, ownAddress } = facts
  const t = source.of(locale)
  const common = messageView(facts, t)
  const claimant = claimantView(facts.claimant, ownAddress, locale, t)
  const loginRequired = ownAddress || facts.requireLogin
  const opened = facts.claimant.created_at
  const date = formatDay(opened, locale)
  const what = countOrders(facts.orders, facts.orderCount)
  const expires = deadlineView(now, expiresAt, locale, t)
  const { in: duration, moment } = expires
  const kind = ownAddress ? "request.own" : "request"
  const heading = t(`${kind}.heading`, what)
  return {
    message: "claim-request",
    ...common,
    own_address: ownAddress,
    login_required: loginRequired,
    account_opened: ownAddress ? { at: opened.toISOString(), date } : undefined,
    claimant,
    link: facts.link,
    decline_link: facts.declineLink,
    expires,
    texts: {
      subject: subjectLine(common, heading, t),
      preheader: t(`${kind}.preheader`, {
        claimant: isolated(claimant.email, locale),
        duration,
        date,
      }),
      greeting: t("greeting"),
      heading,
      intro: t(`${kind}.intro`, { ...what, claimant: claimant.label, date }),
      more_orders: moreOrders(common, t),
      not_you: t(`${kind}.not_you`),
      button: t(`${kind}.button`, what),
      open_link: t("request.open_link"),
      changes: ownAddress ? "" : t("request.changes", what),
      expiry: t("expiry", { duration, moment }),
      no_forward: t(loginRequired ? "request.login" : "request.no_forward"),
      do_nothing: t("request.do_nothing"),
      decline: t(`${kind}.decline`),
      questions: support(common, "questions", t) ?? "",
    },
  }
}
