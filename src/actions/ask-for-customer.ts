import { MedusaError } from "medusa-core-utils"
import { countReasons, ineligibility, OrderFacts } from "../claims/eligibility"
import { OrderClaimRefusal } from "../claims/refusal"
import { LoadedFacts, loadClaimFacts } from "../db/claim-facts"
import { ClaimRow, insertClaims } from "../db/claims"
import type { CustomerRow } from "../db/customers"
import type { Queryable } from "../db/database"
import { newId } from "../db/ids"
import { findOpenClaim, lockRequests } from "../db/requested-claims"
import { isSameAddress } from "../values/email-address"
import type { OpeningRules } from "./decide-claim"
import { decideClaims } from "./decide-claims"
import { queueMails } from "./queue-mails"

/** A request of the shop's staff on a customer's behalf. */
export interface StaffRequest {
  customer_id: string
  order_ids: string[]
  /** The member of the staff who asks. */
  requested_by: string
}

/**
 * Opens a claim on a customer's behalf, inside the caller's transaction: an ordinary one,
 * whose link goes to the address of the orders. Asking again while it waits gives the
 * same claim.
 *
 * @throws {MedusaError} `not_found` or `invalid_data`, which name what is wrong
 * @throws {OrderClaimRefusal} `order_claim_throttled`; then nothing is written
 */
export async function askForCustomer(
  db: Queryable,
  { customer_id, order_ids: given, requested_by }: StaffRequest,
  rules: OpeningRules
): Promise<ClaimRow> {
  await lockRequests(db, customer_id)
  const order_ids = [...new Set(given)]
  const factsOf = await loadClaimFacts(db, [{ customer_id, order_ids }])
  const facts = factsOf({ customer_id, order_ids })
  requireAccount(customer_id, facts.claimant)
  const email = requireAddress(order_ids, facts)
  const asked = { customer_id, email, order_ids }
  requireClaimable(asked, facts.orders, rules)

  return (
    (await findOpenClaim(db, asked)) ??
    (await open(db, { ...asked, requested_by }, rules))
  )
}

type Asked = Pick<ClaimRow, "customer_id" | "email" | "order_ids">

async function open(
  db: Queryable,
  { requested_by, ...asked }: Asked & { requested_by: string },
  rules: OpeningRules
): Promise<ClaimRow> {
  const [decided] = await decideClaims(db, [asked], rules)
  if (decided?.decision.status === "throttled") throw throttled()
  if (decided?.decision.status !== "pending") {
    throw invalid(`order_ids: ${decided?.decision.last_error ?? ""}`)
  }
  const { decision, facts } = decided
  const fresh = {
    ...asked,
    ...facts,
    id: newId("oclaim"),
    status: decision.status,
    last_error: null,
    event_token_hash: null,
    origin: "staff",
    requested_by,
  } as const
  const [claim] = await insertClaims(db, [fresh], rules.linkTtlMs)
  if (!claim) throw new Error("a claim was not written")
  const mail = { claim, mailed: decision.mailed }
  // The refusal takes everything back.
  if ((await queueMails(db, [mail], rules)).length) throw throttled()
  return claim
}

function requireAccount(id: string, customer?: CustomerRow): void {
  if (!customer) throw notFound(`There is no customer with the id ${id}.`)
  if (!customer.has_account) {
    throw invalid(
      `customer_id: ${id} has no account, so nobody could see the orders there`
    )
  }
}

/** Finds the one address of the orders. */
function requireAddress(order_ids: string[], { orders }: LoadedFacts): string {
  const known = new Set(orders.map(({ id }) => id))
  const unknown = order_ids.filter((id) => !known.has(id))
  if (unknown.length) {
    throw notFound(`There is no order with the id ${some(unknown)}.`)
  }
  const [first, ...others] = orders
  if (!first) throw invalid("order_ids: there is no order to ask for")
  const other = others.find(({ email }) => !isSameAddress(email, first.email))
  if (other) {
    throw invalid(
      `order_ids: ${first.id} and ${other.id} have different addresses. Ask for the orders of one address at a time`
    )
  }
  return first.email
}

/** Refuses if there is an order that may not change hands: staff have chosen each. */
function requireClaimable(
  asked: Asked,
  orders: OrderFacts[],
  rules: OpeningRules
): void {
  const wrong = orders.filter((order) => ineligibility(order, asked, rules))
  if (!wrong.length) return

  const order_ids = wrong.map(({ id }) => id)
  const why = countReasons({ ...asked, order_ids }, wrong, rules)
  throw invalid(
    `order_ids: these orders cannot be claimed: ${why} (${some(order_ids)})`
  )
}

const some = (ids: string[]): string =>
  ids.length > 5
    ? `${ids.slice(0, 5).join(", ")} and ${ids.length - 5} more`
    : ids.join(", ")

const notFound = (sentence: string) =>
  new MedusaError(MedusaError.Types.NOT_FOUND, sentence)

const invalid = (sentence: string) =>
  new MedusaError(MedusaError.Types.INVALID_DATA, sentence)

const throttled = () =>
  new OrderClaimRefusal(
    "order_claim_throttled",
    "Too many links were sent to this address, or for this customer. Try again later."
  )
