import type { Delivery } from "../claims/claim"
import { brand } from "./brand"
import { line, localeTag, mailbox, section, sender, webPage } from "./kinds"
import type { BrandOptions } from "./section-options"

/** The result of {@link Storefront}: as in the options, checked in the same way. */
export const storefrontResult = section({
  claim_url: webPage().optional(),
  from: sender().optional(),
  reply_to: mailbox().optional(),
  // Whole, with its name: parts of two brands would make a third one.
  brand: brand
    .extend({ name: line(200) })
    .describe("an object with a name, and any other field of the option brand")
    .optional(),
  locale: localeTag().optional(),
})

/**
 * Chooses the storefront of a claim: the page that its link opens, the sender, the brand
 * and the language of its emails, and the brand and language of the hosted page.
 *
 * @param container - the store's container
 * @returns what differs from the options; `{}` for nothing. If it throws, returns
 * something else or takes longer than 5 seconds, the email is retried later
 */
export type Storefront = (
  about: StorefrontAbout,
  container: Record<string, unknown>
) => StorefrontResult | Promise<StorefrontResult>

/** A claim, with what is about to be made for it. */
export interface StorefrontAbout {
  /** The message, or `hosted-page` for the page behind the link. */
  message: Delivery["message"] | "hosted-page"
  /** The language of the claim, or else the option `locale`; BCP 47. */
  locale: string
  claim: StorefrontClaim
  /**
   * The orders that the message or the page is about. On the hosted page of a claim
   * whose orders were deleted there are none.
   */
  orders: StorefrontOrder[]
}

/** The part of a claim that {@link Storefront} gets. */
export interface StorefrontClaim {
  id: string
  /** The claimant: the customer who asks. */
  customer_id: string
  /** All orders that were asked for. */
  order_ids: string[]
}

/** The part of an order that {@link Storefront} gets. */
export interface StorefrontOrder {
  id: string
  /** `null` also if the store's sales channels are switched off. */
  sales_channel_id: string | null
  region_id: string
  currency_code: string
  metadata: Record<string, unknown> | null
}

/** The result of {@link Storefront}; what it leaves out comes from the options. */
export interface StorefrontResult {
  /** See {@link OrderClaimOptions.claim_url}. */
  claim_url?: string
  /** See {@link OrderClaimOptions.from}. */
  from?: string
  /** See {@link OrderClaimOptions.reply_to}. */
  reply_to?: string
  /** Takes the place of the whole option `brand`: nothing of that is added. */
  brand?: BrandOptions & { name: string }
  /** The language, whatever the claim's is. */
  locale?: string
}
