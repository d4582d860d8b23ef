import { loadClaimFacts } from "../db/claim-facts"
import { ClaimRow, flagOwnAddress } from "../db/claims"
import type { Queryable } from "../db/database"
import { loadListedOrders } from "../db/orders"
import { pickById } from "../db/pick"
import { loadStoreName } from "../db/store-name"
import type { EligibilityRules } from "../claims/eligibility"
import { isOwnAddress } from "../claims/own-address"
import type { Message } from "../transports/transport"
import type { Logger } from "../values/logger"
import { describeError } from "../values/redact"
import { EmailPlan, planEmail } from "./plan-email"
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
interface LoadedEmail {
  plan: EmailPlan
  shown: ShownData
}

/** Loads what the emails of a batch need, in the order of the claims. */
export async function loadEmails(
  db: Queryable,
  claims: ClaimRow[],
  { rules, settings }: ComposeDependencies
): Promise<LoadedEmail[]> {
  const factsOf = await loadClaimFacts(db, claims)
  const plans = await flagOwn(
    db,
    claims.map((claim) => planEmail(claim, factsOf(claim), rules))
  )
  const listed = await loadListedOrders(db, plans.flatMap(listedOrders))
  const storeName = settings.brand.name ?? (await loadStoreName(db))
  return plans.map((plan) => {
    const orders = pickById(listed, listedOrders(plan))
    return { plan, shown: { orders, storeName } }
  })
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
  return Promise.all(
    emails.map(async ({ plan, shown }) => ({
      claim: plan.claim,
      composed: await compose(plan, shown, dependencies),
    }))
  )
}

async function compose(
  plan: EmailPlan,
  shown: ShownData,
  dependencies: ComposeDependencies
): Promise<Composed> {
  if (plan.type === "withdrawn" || plan.type === "exhausted") {
    const { type, reason } = plan
    return { type, reason }
  }
  try {
    const message = await (plan.type === "request"
      ? writeRequest(plan, shown, dependencies)
      : writeNotice(plan, shown, dependencies))
    return { type: "message", message }
  } catch (error) {
    // The shop's own code threw: its developers need the stack.
    dependencies.logger.error(
      `order-claim: the email of ${plan.claim.id} could not be written: ${describeError(error)}`
    )
    return { type: "broken", reason: String(error) }
  }
}
