import type { ClaimConfirmedView } from "../email/confirmed-view"
import type { TemplateFunction } from "../email/renderer"
import type { ClaimRequestView } from "../email/request-view"
import type { ClaimRevertedView } from "../email/reverted-view"
import type { TextOverrides } from "../texts/texts"

/** See {@link OrderClaimOptions.brand}. */
export interface BrandOptions {
  // from brand.ts, by `npm run docs`
  /**
   * The name of the shop. Expects one line of text, up to 200 characters.
   * @default the name of the store in the admin
   */
  name?: string
  /** The shop's front page. Expects an http(s) URL. */
  url?: string
  /** The shop's logo in emails, shown 40 pixels high. Expects an http(s) URL. */
  logo_url?: string
  /**
   * The color of the button. Expects a color such as `"#1f6feb"`.
   * @default "#111827"
   */
  color?: string
  /**
   * The address for readers' questions. Expects an address such as
   * `"help@shop.example"`.
   */
  support_email?: string
  /**
   * The postal address, in the footer of each email. Expects text, up to 500
   * characters.
   */
  address?: string
}

/**
 * See {@link OrderClaimOptions.templates}. If a template fails, the email is sent
 * with the built-in one, and the log says so.
 */
export interface TemplateOptions {
  // from templates.ts, by `npm run docs`
  /**
   * Texts of your own, by locale and key. Expects an object such as
   * `{ de: { "request.button": "Ja" } }`, with keys of
   * dist/texts/locales/en.json.
   * @default {}
   */
  texts?: TextOverrides
  /**
   * A folder with Handlebars files such as `claim-request.html.hbs`. Expects
   * the path of an existing folder.
   */
  folder?: string
  /**
   * Renders the email that asks for a confirmation. Expects a function that
   * returns `{ subject, html, text }` for a view.
   */
  "claim-request"?: TemplateFunction<ClaimRequestView>
  /**
   * Renders the email sent after a confirmation. Expects a function that
   * returns `{ subject, html, text }` for a view.
   */
  "claim-confirmed"?: TemplateFunction<ClaimConfirmedView>
  /**
   * Renders the email sent after orders were given back. Expects a function
   * that returns `{ subject, html, text }` for a view.
   */
  "claim-reverted"?: TemplateFunction<ClaimRevertedView>
}

/** See {@link OrderClaimOptions.limits}. */
export interface LimitOptions {
  // from limits.ts, by `npm run docs`
  /**
   * The limit on links sent to one address. With a list of limits, all apply.
   * Expects a limit such as `"5/1h"` (five in one hour), with a duration from
   * `"1s"` to `"30d"`, or a list of 1 to 5 of them.
   * @default ["5/1h", "10/1d"]
   */
  per_recipient?: string | string[]
  /**
   * The limit on claims that one customer can ask for. Those above it are
   * recorded but not emailed. After five times as many requests without ids,
   * further ones are refused. Expects a limit such as `"5/1h"` (five in one
   * hour), with a duration from `"1s"` to `"30d"`, or a list of 1 to 5 of
   * them.
   * @default "20/1h"
   */
  per_customer?: string | string[]
}

/** See {@link OrderClaimOptions.delivery}. */
export interface DeliveryOptions {
  // from delivery.ts, by `npm run docs`
  /**
   * The number of emails that each server sends at the same time. Expects a
   * whole number from 1 to 50.
   * @default 5
   */
  concurrency?: number
  /**
   * The limit on emails that each server sends. The wait for it counts against
   * no time limit. nodemailer's `rateLimit` and `rateDelta` in `transport`
   * mean the same; if both are set, both apply. Expects a limit such as
   * `"5/1h"` (five in one hour), with a duration from `"1s"` to `"30d"`.
   */
  rate_limit?: string
  /**
   * The time for which an email is retried after temporary failures. Expects a
   * duration from `"1s"` to `"7d"`.
   * @default "24h"
   */
  give_up_after?: string
  /**
   * The time limit for the mail server to accept a connection and to send its
   * greeting. Expects a duration from `"1s"` to `"30s"`.
   * @default "5s"
   */
  connection_timeout?: string
  /**
   * The time limit for sending one email, and for the wait for a free
   * connection; whoever resends an email in the admin waits for both. Expects
   * a duration from `"1s"` to `"10s"`.
   * @default "10s"
   */
  send_timeout?: string
  /**
   * The pause after the first temporary failure. It doubles after each further
   * one, with some jitter. Expects a duration from `"1s"` to `"10m"`.
   * @default "2s"
   */
  first_retry?: string
  /**
   * The longest pause between two attempts. Expects a duration from `"1s"` to
   * `"1h"`.
   * @default "3m"
   */
  longest_retry?: string
  /**
   * The time after which other servers take over the emails of a server that
   * has stopped. A running server renews its lease every third of that time.
   * Expects a duration from `"2s"` to `"20s"`.
   * @default "15s"
   */
  lease?: string
}
