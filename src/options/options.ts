import type { LinkedClaim } from "../claims/claim-link"
import type { ClaimConfirmedView } from "../email/confirmed-view"
import type { TemplateFunction } from "../email/renderer"
import type { ClaimRequestView } from "../email/request-view"
import type { TextOverrides } from "../texts/texts"
import type { TransportOption } from "../transports"

/**
 * What a shop writes into `medusa-config.js`. Three are enough: `claim_url` (or
 * `backend_url`), `from`, `transport`. A bad value stops the boot with a message that names it.
 *
 * Durations are a whole number and a unit: `"30s"`, `"15m"`, `"24h"`, `"7d"`.
 */
export interface OrderClaimOptions {
  /**
   * The storefront page that the link opens, or a function of the claim that
   * gives it. The token is added to its query; what it has of its own stays.
   * @default the hosted page: `/order-claim` under `backend_url`
   */
  claim_url?: string | ((claim: LinkedClaim) => string)
  /**
   * Where customers reach this server, for links to the hosted page.
   * @default the environment variable `MEDUSA_BACKEND_URL`, else "http://localhost:9000"
   */
  backend_url?: string
  /** The sender: `"Shop <orders@shop.example>"` or a plain address. */
  from: string
  /**
   * How mail leaves the shop: an SMTP URL, options of nodemailer, or a function
   * that gives a nodemailer transport. Required in production; in development
   * without one the text of the mail is written to the log instead.
   */
  transport?: TransportOption
  /**
   * The query parameter that carries the token.
   * @default "token"
   */
  token_param?: string
  /** Where answers to the mail go, if not to `from`. */
  reply_to?: string
  /** How the mail introduces the shop. */
  brand?: BrandOptions
  /**
   * The language of mails (BCP 47) whose order says nothing else: first comes the
   * `locale` in the context of the order's cart, then its shipping country.
   * @default "en"
   */
  locale?: string
  /** Texts and templates of the shop's own: see docs/email.md. */
  templates?: TemplateOptions
  /**
   * How long a link works: from `"1m"` to `"7d"`.
   * @default "15m"
   */
  link_ttl?: string
  /**
   * How many claims are mailed in a time; `false` switches the limits off.
   * @default { per_recipient: "5/1h", per_customer: "20/1h" }
   */
  limits?: LimitOptions | false
  /** How the outbox is emptied. */
  delivery?: DeliveryOptions
  /**
   * Whether only orders of guests may be claimed.
   * @default true
   */
  guest_orders_only?: boolean
  /**
   * Whether only the claimant, logged in, can confirm. Needs a `claim_url`, whose
   * page asks for a login first: the hosted page knows none.
   * @default false
   */
  require_login?: boolean
  /**
   * Whether the orders' old address and the claimant get a short mail after a
   * confirm. A hijack must not stay silent: switch it off only if your shop
   * tells them itself.
   * @default true
   */
  notify_on_confirm?: boolean
  /**
   * Where an admin may resend a mail to: `"any"` address, as Medusa's own
   * "Re-Send Mail" allows, or the `"order_email"` only.
   * @default "any"
   */
  resend_to?: "any" | "order_email"
  /**
   * Shows the claims of an order on its page in the admin dashboard; read by the
   * dashboard's build.
   * @default false
   */
  enableUI?: boolean
}

/** See {@link OrderClaimOptions.brand}. */
export interface BrandOptions {
  /**
   * What the shop is called.
   * @default the name of the store in the admin
   */
  name?: string
  /** The shop's front page. */
  url?: string
  /** Its logo, in emails; shown 40 pixels high. */
  logo_url?: string
  /**
   * The button's colour, as `#rrggbb`.
   * @default "#111827"
   */
  color?: string
  /** Where readers can write to. */
  support_email?: string
  /** The postal address, as it stands below the mail. */
  address?: string
}

/**
 * See {@link OrderClaimOptions.templates}. A template that fails does not stop the
 * mail: the built-in one is used, and the log says so.
 */
export interface TemplateOptions {
  /** Texts by locale and key: `{ de: { "request.button": "Ja, das war ich" } }`. */
  texts?: TextOverrides
  /** A folder with Handlebars files such as `claim-request.html.hbs`. */
  folder?: string
  /** Makes the mail that asks for a confirmation. */
  "claim-request"?: TemplateFunction<ClaimRequestView>
  /** Makes the mail that tells of one. */
  "claim-confirmed"?: TemplateFunction<ClaimConfirmedView>
}

/** See {@link OrderClaimOptions.limits}. As `"<count>/<duration>"`. */
export interface LimitOptions {
  /**
   * Per address that is mailed.
   * @default "5/1h"
   */
  per_recipient?: string
  /**
   * Per customer who asks.
   * @default "20/1h"
   */
  per_customer?: string
}

/** See {@link OrderClaimOptions.delivery}. */
export interface DeliveryOptions {
  /**
   * Mails on the wire at once, per server: 1 to 50.
   * @default 5
   */
  concurrency?: number
  /**
   * How long a mail is tried again after temporary failures.
   * @default "24h"
   */
  give_up_after?: string
  /**
   * How long the mail server may take to be reached and to greet.
   * @default "5s"
   */
  connection_timeout?: string
  /**
   * How long one mail may take as a whole, at most `"10s"`: an admin waits for it.
   * @default "10s"
   */
  send_timeout?: string
  /**
   * The pause after the first temporary failure; it doubles with each, with
   * some jitter.
   * @default "2s"
   */
  first_retry?: string
  /**
   * The longest pause between two attempts.
   * @default "3m"
   */
  longest_retry?: string
  /**
   * How long a server may be silent before others take over its mails: from
   * `"2s"` to `"20s"`. It is renewed every third of that time.
   * @default "15s"
   */
  lease?: string
}
