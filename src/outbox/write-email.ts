import { claimLink, LinkTarget } from "../claims/claim-link"
import { signClaimToken } from "../claims/claim-token"
import { confirmedAt, signRevertToken } from "../claims/revert-token"
import { isOwnAddress } from "../claims/own-address"
import type { BrandSettings } from "../email/brand-view"
import { claimConfirmedView } from "../email/confirmed-view"
import { LISTED_ORDERS, OrderSource } from "../email/order-view"
import { claimRequestView } from "../email/request-view"
import { claimRevertedView } from "../email/reverted-view"
import type { EmailWriter } from "../email/writer"
import type { Message } from "../transports/transport"
import { addressEmail, Sender } from "./address-email"
import { EmailPlan, messageOf } from "./plan-email"

/** The parts that write emails. */
export interface WriteDependencies extends EmailWriter {
  settings: Sender &
    LinkTarget & {
      brand: BrandSettings
      /** The language of this email. */
      locale: string
      requireLogin: boolean
      /** The lifetime of the link that takes orders back; false for none. */
      revertTtlMs: number | false
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

/** Writes the email with the link. */
export async function writeRequest(
  { claim, claimant, orders }: Extract<EmailPlan, { type: "request" }>,
  shown: ShownData,
  { settings, jwtSecret, texts, renderer }: WriteDependencies
): Promise<Message> {
  const token = signClaimToken(claim, jwtSecret)
  const view = claimRequestView(
    {
      ...shown,
      locale: settings.locale,
      brand: settings.brand,
      claimant,
      ownAddress: claim.own_address || isOwnAddress(claim, claimant),
      requireLogin: settings.requireLogin,
      orderCount: orders.length,
      link: claimLink(token, settings),
      declineLink: claimLink(token, settings, "decline"),
      now: new Date(),
      expiresAt: claim.expires_at,
    },
    texts
  )
  const key = `${claim.id}.${claim.token_generation}`
  const email = await renderer.render(view)
  return { ...addressEmail(email, claim.email, key, settings), secret: token }
}

type Notice = Extract<EmailPlan, { type: "notice" }>

/** Writes the email that informs one side about a confirmation, or its revert. */
export function writeNotice(
  plan: Notice,
  shown: ShownData,
  dependencies: WriteDependencies
): Promise<Message> {
  return messageOf(plan.claim) === "claim-reverted"
    ? writeReverted(plan, shown, dependencies)
    : writeConfirmed(plan, shown, dependencies)
}

/** The orders are the claimant's now; only the old address can take them back. */
async function writeConfirmed(
  plan: Notice,
  shown: ShownData,
  dependencies: WriteDependencies
): Promise<Message> {
  const { settings, texts, renderer } = dependencies
  const { claim, party, to } = plan
  const revert = revertOf(plan, dependencies)
  const view = claimConfirmedView(
    {
      ...noticeFacts(plan, shown, settings),
      confirmedAt: confirmedAt(claim),
      now: new Date(),
      revert: revert && {
        link: claimLink(revert.token, settings, "revert"),
        until: revert.until,
      },
    },
    texts
  )
  const key = `${claim.id}.confirmed.${party}`
  const email = await renderer.render(view)
  const message = addressEmail(email, to, key, settings)
  return revert ? { ...message, secret: revert.token } : message
}

/** Signs the token that takes the orders back; there is none for the claimant. */
function revertOf(
  { claim, party }: Notice,
  { settings, jwtSecret }: WriteDependencies
): { token: string; until: Date } | undefined {
  const { revertTtlMs } = settings
  if (party !== "recipient" || revertTtlMs === false) return undefined
  const until = new Date(confirmedAt(claim).getTime() + revertTtlMs)
  // The mail may have waited for its server for longer than that.
  if (until <= new Date()) return undefined
  return { token: signRevertToken(claim, revertTtlMs, jwtSecret), until }
}

/** The orders were given back to the address they came from. */
async function writeReverted(
  plan: Notice,
  shown: ShownData,
  { settings, texts, renderer }: WriteDependencies
): Promise<Message> {
  const { claim, party, to } = plan
  const { id, reverted_at: revertedAt } = claim
  if (!revertedAt) throw new Error(`${id} was never given back`)
  const view = claimRevertedView(
    { ...noticeFacts(plan, shown, settings), revertedAt },
    texts
  )
  const key = `${claim.id}.reverted.${party}`
  return addressEmail(await renderer.render(view), to, key, settings)
}

function noticeFacts(
  { claim, claimant, party, orders }: Notice,
  shown: ShownData,
  { locale, brand }: WriteDependencies["settings"]
) {
  return {
    ...shown,
    locale,
    brand,
    party,
    recipient: claim.email,
    claimant,
    ownAddress: isOwnAddress(claim, claimant),
    orderCount: orders.length,
  }
}
