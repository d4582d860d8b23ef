import type { TransportOption } from "../transports"
import type {
  BrandOptions,
  DeliveryOptions,
  LimitOptions,
  TemplateOptions,
} from "./section-options"
import type { Storefront } from "./storefront"

export type {
  BrandOptions,
  DeliveryOptions,
  LimitOptions,
  TemplateOptions,
} from "./section-options"

// `npm run docs` writes the members of these interfaces from schema.ts. The type
// z.input<…> would not do: in the .d.ts that TypeScript makes of it, the options have
// lost their comments, and an editor could not show what they do.

/**
 * The options of a shop, as in `medusa-config.js`. Three options are enough:
 * `claim_url` (or `backend_url`), `from` and `transport`. With an invalid option
 * the server does not start, and says what it expects.
 *
 * Durations are a whole number and a unit: `"30s"`, `"15m"`, `"24h"`, `"7d"`, `"1y"`.
 */
export interface OrderClaimOptions {
  // from schema.ts, by `npm run docs`
  /**
   * The storefront page that the link opens. The token is added to its query
   * string; other parameters are kept. Expects an http(s) URL, the same for
   * every claim (for a function, use storefront).
   * @default the hosted page: `/order-claim` under `backend_url`
   */
  claim_url?: string
  /**
   * The URL at which customers reach this server, for links to the hosted
   * page. Expects an http(s) URL (or set MEDUSA_BACKEND_URL).
   * @default the environment variable `MEDUSA_BACKEND_URL`, else "http://localhost:9000"
   */
  backend_url?: string
  /**
   * The sender of the emails. Expects a sender such as
   * `"My Shop <orders@shop.example>"`.
   */
  from: string
  /**
   * The way emails leave the shop. Required in production; in development,
   * emails without a transport are written to the log. Expects an SMTP URL
   * such as `"smtp://user:password@mail.example:587"`, an object of nodemailer
   * options with a host, or a function that returns a nodemailer transport.
   */
  transport?: TransportOption
  /**
   * The query parameter that carries the token. Expects up to 64 letters,
   * digits, `"_"`, `"-"` and `"."`, other than `"action"`.
   * @default "token"
   */
  token_param?: string
  /**
   * The address for replies to the emails, if not `from`. Expects an address
   * such as `"My Shop <orders@shop.example>"`.
   */
  reply_to?: string
  /** The shop's look and contact, in emails and on the hosted page. */
  brand?: BrandOptions
  /**
   * The language (BCP 47) of emails, unless the order has one: the `locale` in
   * the context of its cart, or else that of its shipping country. Expects a
   * tag such as `"de"` or `"de-AT"`, of a supported language.
   * @default "en"
   */
  locale?: string
  /**
   * Chooses the page, sender, brand and language for each claim, in a shop
   * with several brands or storefronts: see docs/brands.md. What it leaves out
   * comes from the options. Expects a function that returns an object with
   * claim_url, from, reply_to, brand and locale, each optional, or a promise
   * of it.
   */
  storefront?: Storefront
  /** Your own texts and templates: see docs/email.md. */
  templates?: TemplateOptions
  /**
   * The lifetime of a link. Expects a duration from `"1m"` to `"7d"`.
   * @default "24h"
   */
  link_ttl?: string
  /**
   * The time after a confirmation in which the orders' old address can take
   * them back, by a link in the email about it; `false` turns this off. Staff
   * can give orders back at any time. Expects false, or a duration from `"1h"`
   * to `"30d"`.
   * @default "7d"
   */
  revert_ttl?: string | false
  /** Limits on how many links are sent; `false` turns them off. */
  limits?: false | LimitOptions
  /** Settings for sending emails, trying them again and giving up. */
  delivery?: DeliveryOptions
  /**
   * Emails everybody who registers with an address that has guest orders, and
   * offers to add them to the new account. Only that account, logged in, can
   * confirm.
   * @default false
   */
  offer_after_registration?: boolean
  /**
   * Lets customers claim guest orders only.
   * @default true
   */
  guest_orders_only?: boolean
  /**
   * Lets only the claimant, logged in, confirm any claim. If `false`, this
   * applies only to claims of the claimant's own address. The hosted page asks
   * for the password.
   * @default false
   */
  require_login?: boolean
  /**
   * Sends a short email to the orders' old address and to the claimant when a
   * claim is confirmed. Turn it off only if your shop sends such an email
   * itself: a hijack must not go unnoticed.
   * @default true
   */
  notify_on_confirm?: boolean
  /**
   * The time after which claims that are over are deleted, with the plugin's
   * notifications about them; `false` to keep them. It starts with the last
   * thing that happened to a claim, or when its link expires. Declined and
   * reverted claims stay as blocks, without the address: see docs/privacy.md.
   * Expects false, or a duration from `"31d"` to `"10y"`.
   * @default false
   */
  retention?: string | false
  /**
   * The addresses to which staff may resend an email: `"any"`, as Medusa's own
   * "Re-Send Mail" allows, or only the `"order_email"`.
   * @default "any"
   */
  resend_to?: "any" | "order_email"
  /**
   * Adds a page "Order claims" to the admin dashboard, and the claims of an
   * order to its page. It is read when the dashboard is built.
   * @default false
   */
  enableUI?: boolean
}
