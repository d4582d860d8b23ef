import { claimLink, LinkTarget } from "../claims/claim-link"
import { signClaimToken } from "../claims/claim-token"
import { isOwnAddress } from "../claims/own-address"
import type { BrandSettings } from "../email/brand-view"
import { claimConfirmedView } from "../email/confirmed-view"
import { LISTED_ORDERS, OrderSource } from "../email/order-view"
import { claimRequestView } from "../email/request-view"
import type { EmailWriter } from "../email/writer"
import type { Message } from "../transports/transport"
import { addressEmail, Sender } from "./address-email"
import type { EmailPlan } from "./plan-email"

/** The parts that write emails. */
export interface WriteDependencies extends EmailWriter {
  settings: Sender &
    LinkTarget & {
      brand: BrandSettings
      locale: string
      requireLogin: boolean
    }
  /** Signs the tokens of links. */
  jwtSecret: string
}

/** The loaded data that an email shows. */
export interface ShownData {
  /** The orders that are listed, in the order of the plan. */
  orders: OrderSource[]
  /** The name of the store, as set in the admin. */
  storeName: string | undefined
}

/** Selects the ids of the orders that an email lists: the first of all it is about. */
export function listedOrders(plan: EmailPlan): string[] {
  if (plan.type === "withdrawn" || plan.type === "exhausted") return []
  return plan.orders.slice(0, LISTED_ORDERS).map(({ id }) => id)
}

/**
 * Writes the email with the link.
 *
 * @throws any error of a `claim_url` function
 */
export async function writeRequest(
  { claim, claimant, orders }: Extract<EmailPlan, { type: "request" }>,
  shown: ShownData,
  { settings, jwtSecret, texts, renderer }: WriteDependencies
): Promise<Message> {
  const token = signClaimToken(claim, jwtSecret)
  const view = claimRequestView(
    {
      ...shown,
      locale: claim.locale ?? settings.locale,
      brand: settings.brand,
      claimant,
      ownAddress: claim.own_address || isOwnAddress(claim, claimant),
      requireLogin: settings.requireLogin,
      orderCount: orders.length,
      link: claimLink(claim, token, settings),
      declineLink: claimLink(claim, token, settings, "decline"),
      issuedAt: claim.token_issued_at,
      expiresAt: claim.expires_at,
    },
    texts
  )
  const key = `${claim.id}.${claim.token_generation}`
  const email = await renderer.render(view)
  return { ...addressEmail(email, claim.email, key, settings), secret: token }
}

/** Writes the email that informs one side that the orders are the claimant's now. */
export async function writeNotice(
  plan: Extract<EmailPlan, { type: "notice" }>,
  shown: ShownData,
  { settings, texts, renderer }: WriteDependencies
): Promise<Message> {
  const { claim, claimant, party, to, orders } = plan
  const view = claimConfirmedView(
    {
      ...shown,
      locale: claim.locale ?? settings.locale,
      brand: settings.brand,
      party,
      recipient: claim.email,
      claimant,
      ownAddress: isOwnAddress(claim, claimant),
      orderCount: orders.length,
      confirmedAt: claim.queued_at,
    },
    texts
  )
  const key = `${claim.id}.confirmed.${party}`
  return addressEmail(await renderer.render(view), to, key, settings)
}
