import { loadClaimFacts } from "../db/claim-facts"
import { ClaimRow, flagOwnAddress } from "../db/claims"
import type { Queryable } from "../db/database"
import { loadListedOrders } from "../db/orders"
import { pickById } from "../db/pick"
import { loadStoreName } from "../db/store-name"
import {
  loadStorefrontOrders,
  StorefrontOrderRow,
} from "../db/storefront-orders"
import type { EligibilityRules } from "../claims/eligibility"
import { isOwnAddress } from "../claims/own-address"
import type { AskStorefront } from "../options/ask-storefront"
import type { Message } from "../transports/transport"
import type { Logger } from "../values/logger"
import { describeError, redact } from "../values/redact"
import { EmailPlan, planEmail } from "./plan-email"
import { ordersIn, settingsFor } from "./settings-for"
import {
  listedOrders,
  ShownData,
  WriteDependencies,
  writeNotice,
  writeRequest,
} from "./write-email"

/** A claim's email, or the reason why there is none. */
export type Composed =
  | { type: "message"; message: Message }
  /** There is nothing left to mail. */
  | { type: "withdrawn"; reason: string }
  /** It may have been mailed several times already. */
  | { type: "exhausted"; reason: string }
  /** A function of the shop failed; another attempt may succeed. */
  | { type: "broken"; reason: string }

/** A claim with its email. */
export interface ComposedClaim {
  claim: ClaimRow
  composed: Composed
}

/** The parts that compose emails. */
export interface ComposeDependencies extends WriteDependencies {
  rules: EligibilityRules
  logger: Logger
  /** Left out in a shop without the option `storefront`. */
  storefront?: AskStorefront | undefined
}

/** Composes the emails of a batch of claims, in their order. */
export async function composeEmails(
  db: Queryable,
  claims: ClaimRow[],
  dependencies: ComposeDependencies
): Promise<ComposedClaim[]> {
  return writeEmails(await loadEmails(db, claims, dependencies), dependencies)
}

/** The plan of an email, with the data that it shows. */
export interface LoadedEmail {
  plan: EmailPlan
  shown: ShownData
  /** The orders for the option `storefront`; empty in a shop without. */
  orders: StorefrontOrderRow[]
}

/** Loads what the emails of a batch need, in the order of the claims. */
export async function loadEmails(
  db: Queryable,
  claims: ClaimRow[],
  { rules, settings, storefront }: ComposeDependencies
): Promise<LoadedEmail[]> {
  const factsOf = await loadClaimFacts(db, claims)
  const plans = await flagOwn(
    db,
    claims.map((claim) => planEmail(claim, factsOf(claim), rules))
  )
  const listed = await loadListedOrders(db, plans.flatMap(listedOrders))
  const storeName = settings.brand.name ?? (await loadStoreName(db))
  const ordersOf = storefront
    ? await loadStorefrontOrders(db, plans.flatMap(ordersIn))
    : new Map<string, StorefrontOrderRow>()
  return plans.map((plan) => ({
    plan,
    shown: { orders: pickById(listed, listedOrders(plan)), storeName },
    orders: pickById(ordersOf, ordersIn(plan)),
  }))
}

/**
 * Puts on record which mails show the recipient's own address as that of the account
 * that asks, because the account has taken it since the claim was opened. It can be
 * changed again before the mail is read: the claim must remember.
 */
async function flagOwn(
  db: Queryable,
  plans: EmailPlan[]
): Promise<EmailPlan[]> {
  const isOwnNow = (plan: EmailPlan) =>
    plan.type === "request" &&
    !plan.claim.own_address &&
    isOwnAddress(plan.claim, plan.claimant)
  const found = new Set(plans.filter(isOwnNow))
  if (!found.size) return plans

  await flagOwnAddress(
    db,
    [...found].map(({ claim }) => claim.id)
  )
  return plans.map((plan) =>
    found.has(plan)
      ? { ...plan, claim: { ...plan.claim, own_address: true } }
      : plan
  )
}

/** Writes loaded emails. Needs no database: the shop's own code may take its time. */
export async function writeEmails(
  emails: LoadedEmail[],
  dependencies: ComposeDependencies
): Promise<ComposedClaim[]> {
  return Promise.all(emails.map((email) => writeEmail(email, dependencies)))
}

/** Writes one loaded email. */
export async function writeEmail(
  email: LoadedEmail,
  dependencies: ComposeDependencies
): Promise<ComposedClaim> {
  const composed = await compose(email, dependencies)
  return { claim: email.plan.claim, composed }
}

async function compose(
  { plan, shown, orders }: LoadedEmail,
  dependencies: ComposeDependencies
): Promise<Composed> {
  if (plan.type === "withdrawn" || plan.type === "exhausted") {
    const { type, reason } = plan
    return { type, reason }
  }
  try {
    const { settings, storefront } = dependencies
    // Without the option there is nothing to wait for.
    const own = storefront
      ? await settingsFor(plan, orders, settings, storefront)
      : { ...settings, locale: plan.claim.locale ?? settings.locale }
    const chosen = { ...dependencies, settings: own }
    const message = await (plan.type === "request"
      ? writeRequest(plan, shown, chosen)
      : writeNotice(plan, shown, chosen))
    return { type: "message", message }
  } catch (error) {
    // The shop's own code threw: its developers need the stack.
    dependencies.logger.error(
      `order-claim: the email of ${plan.claim.id} could not be written: ${describeError(error)}`
    )
    return { type: "broken", reason: redact(error) }
  }
}
