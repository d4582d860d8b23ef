/**
 * Every option, declared once: what it does, what it expects, and its default.
 * The types, the messages and docs/options.md are made from it.
 */
import { z } from "zod"
import { brand } from "./brand"
import { delivery } from "./delivery"
import {
  duration,
  flag,
  functionOf,
  localeTag,
  mailbox,
  oneOf,
  orElse,
  sender,
  webPage,
} from "./kinds"
import { limits } from "./limits"
import { Storefront, storefrontResult } from "./storefront"
import { templates } from "./templates"
import { transport } from "./transport"

/** The URL of a Medusa server with its default port. */
export const DEFAULT_BACKEND = "http://localhost:9000"

export const optionsSchema = z
  .object({
    /**
     * The storefront page that the link opens. The token is added to its query
     * string; other parameters are kept.
     */
    claim_url: orElse(
      webPage().describe(
        "an http(s) URL, the same for every claim (for a function, use storefront)"
      ),
      "the hosted page: `/order-claim` under `backend_url`"
    ),
    /** The URL at which customers reach this server, for links to the hosted page. */
    backend_url: orElse(
      webPage().describe("an http(s) URL (or set MEDUSA_BACKEND_URL)"),
      `the environment variable \`MEDUSA_BACKEND_URL\`, else "${DEFAULT_BACKEND}"`
    ),
    /** The sender of the emails. */
    from: sender(),
    /**
     * The way emails leave the shop. Required in production; in development, emails
     * without a transport are written to the log.
     */
    transport: transport.optional(),
    /** The query parameter that carries the token. */
    token_param: z
      .string()
      .regex(/^(?!(action|__proto__)$)[\w.-]{1,64}$/)
      .describe(
        'up to 64 letters, digits, "_", "-" and ".", other than "action"'
      )
      .default("token"),
    /** The address for replies to the emails, if not `from`. */
    reply_to: mailbox().optional(),
    /** The shop's look and contact, in emails and on the hosted page. */
    brand: brand.default({}),
    /**
     * The language (BCP 47) of emails, unless the order has one: the `locale` in
     * the context of its cart, or else that of its shipping country.
     */
    locale: localeTag().default("en"),
    /**
     * Chooses the page, sender, brand and language for each claim, in a shop with several
     * brands or storefronts: see docs/brands.md. What it leaves out comes from the options.
     */
    storefront: functionOf<Storefront>()
      .describe(
        `a function that returns ${storefrontResult.description ?? ""}, or a promise of it`
      )
      .optional(),
    /** Your own texts and templates: see docs/email.md. */
    templates: templates.default({}),
    /** The lifetime of a link. */
    link_ttl: duration("1m", "7d").default("24h"),
    /**
     * The time after a confirmation in which the orders' old address can take them back, by
     * a link in the email about it; `false` turns this off. Staff can give orders back at
     * any time.
     */
    revert_ttl: duration("1h", "30d")
      .or(z.literal(false))
      .describe('false, or a duration from "1h" to "30d"')
      .default("7d"),
    /** Limits on how many links are sent; `false` turns them off. */
    limits: limits
      .or(z.literal(false))
      .describe(`false, or ${limits.description ?? ""}`)
      .default({}),
    /** Settings for sending emails, trying them again and giving up. */
    delivery: delivery.default({}),
    /**
     * Emails everybody who registers with an address that has guest orders, and offers
     * to add them to the new account. Only that account, logged in, can confirm.
     */
    offer_after_registration: flag().default(false),
    /** Lets customers claim guest orders only. */
    guest_orders_only: flag().default(true),
    /**
     * Lets only the claimant, logged in, confirm any claim. If `false`, this applies
     * only to claims of the claimant's own address. The hosted page asks for the password.
     */
    require_login: flag().default(false),
    /**
     * Sends a short email to the orders' old address and to the claimant when a
     * claim is confirmed. Turn it off only if your shop sends such an email itself:
     * a hijack must not go unnoticed.
     */
    notify_on_confirm: flag().default(true),
    /**
     * The time after which claims that are over are deleted, with the plugin's
     * notifications about them; `false` to keep them. It starts with the last thing that
     * happened to a claim, or when its link expires. Declined and reverted claims stay as
     * blocks, without the address: see docs/privacy.md.
     */
    retention: duration("31d", "10y")
      .or(z.literal(false))
      .describe('false, or a duration from "31d" to "10y"')
      .default(false),
    /**
     * The addresses to which staff may resend an email: `"any"`, as Medusa's own
     * "Re-Send Mail" allows, or only the `"order_email"`.
     */
    resend_to: oneOf("any", "order_email").default("any"),
    /**
     * Adds a page "Order claims" to the admin dashboard, and the claims of an order to
     * its page. It is read when the dashboard is built.
     */
    enableUI: flag().default(false),
  })
  .strict()

/** The options as a shop writes them: options.ts gives their parts names. */
export type GivenOptions = z.input<typeof optionsSchema>

/** The options with their defaults, still under the names of the configuration. */
export type CheckedOptions = z.infer<typeof optionsSchema>
