/**
 * Every option, declared once: what it does, what it expects, and its default.
 * The types, the messages and docs/options.md are made from it.
 */
import { z } from "zod"
import type { LinkedClaim } from "../claims/claim-link"
import { parseLocale } from "../texts/locale"
import { brand } from "./brand"
import { delivery } from "./delivery"
import {
  duration,
  flag,
  functionOf,
  mailbox,
  oneOf,
  orElse,
  refuse,
  webPage,
} from "./kinds"
import { limits } from "./limits"
import { templates } from "./templates"
import { transport } from "./transport"

/** The URL of a Medusa server with its default port. */
export const DEFAULT_BACKEND = "http://localhost:9000"

export const optionsSchema = z
  .object({
    /**
     * The storefront page that the link opens, or a function that returns it for
     * a claim. The token is added to its query string; other parameters stay.
     */
    claim_url: orElse(
      webPage()
        .or(functionOf<(claim: LinkedClaim) => string>())
        .describe("an http(s) URL, or a function that returns one"),
      "the hosted page: `/order-claim` under `backend_url`"
    ),
    /** The URL at which customers reach this server, for links to the hosted page. */
    backend_url: orElse(
      webPage().describe("an http(s) URL (or set MEDUSA_BACKEND_URL)"),
      `the environment variable \`MEDUSA_BACKEND_URL\`, else "${DEFAULT_BACKEND}"`
    ),
    /** The sender of the emails. */
    from: mailbox().describe(
      'a sender such as "My Shop <orders@shop.example>"'
    ),
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
    locale: z
      .string()
      .transform((tag, context) => parseLocale(tag) ?? refuse(context))
      .describe('a tag such as "de" or "de-AT", of a supported language')
      .default("en"),
    /** Your own texts and templates: see docs/email.md. */
    templates: templates.default({}),
    /** The lifetime of a link. */
    link_ttl: duration("1m", "7d").default("24h"),
    /**
     * The time after a confirm in which the orders' old address can take them back, by
     * a link in the mail about it; `false` for none. Staff can give them back at any time.
     */
    revert_ttl: duration("1h", "30d")
      .or(z.literal(false))
      .describe('false, or a duration from "1h" to "30d"')
      .default("7d"),
    /** Limits on how many links are mailed; `false` turns them off. */
    limits: limits
      .or(z.literal(false))
      .describe(`false, or ${limits.description ?? ""}`)
      .default({}),
    /** Settings for sending emails, trying them again and giving up. */
    delivery: delivery.default({}),
    /**
     * Mails who registers with an address that has guest orders the offer to add
     * them to the new account. Only that account can, logged in.
     */
    offer_after_registration: flag().default(false),
    /** Lets customers claim only orders of guests. */
    guest_orders_only: flag().default(true),
    /**
     * Lets only the claimant, logged in, confirm. Without it, this holds for claims of
     * the claimant's own address alone. The hosted page asks for the password.
     */
    require_login: flag().default(false),
    /**
     * Sends a short email to the orders' old address and to the claimant when a
     * claim is confirmed. Turn it off only if your shop sends one itself: a
     * hijack must not go unnoticed.
     */
    notify_on_confirm: flag().default(true),
    /**
     * The time after which claims that are over are deleted, with the plugin's
     * notifications of them; `false` to keep them. It begins with the last thing that
     * happened to a claim, or the end of its link. Declined and reverted claims stay as
     * blocks, without the address: see docs/privacy.md.
     */
    retention: duration("31d", "10y")
      .or(z.literal(false))
      .describe('false, or a duration from "31d" to "10y"')
      .default(false),
    /**
     * The addresses an admin may resend an email to: `"any"`, as Medusa's own
     * "Re-Send Mail" allows, or only the `"order_email"`.
     */
    resend_to: oneOf("any", "order_email").default("any"),
    /**
     * Shows the claims of an order on its page in the admin dashboard. Read when
     * the dashboard is built.
     */
    enableUI: flag().default(false),
  })
  .strict()

/** The options as a shop writes them: options.ts gives their parts names. */
export type GivenOptions = z.input<typeof optionsSchema>

/** The options with their defaults, still under the names of the configuration. */
export type CheckedOptions = z.infer<typeof optionsSchema>
