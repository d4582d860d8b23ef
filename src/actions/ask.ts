import { MedusaError } from "medusa-core-utils"
import type { AddressRequest } from "../claims/address-request"
import { Limits, requestLimits } from "../claims/limits"
import { isOwnAddress } from "../claims/own-address"
import { askedTooOften } from "../claims/refusal"
import type { ClaimRow } from "../db/claims"
import { loadCustomers } from "../db/customers"
import type { Queryable } from "../db/database"
import {
  findWait,
  findWaitingRequest,
  insertRequested,
  lockRequests,
} from "../db/requested-claims"
import type { OpeningRules } from "./decide-claim"

/**
 * Records that a customer asks for the orders of an address, inside the caller's
 * transaction. No order is looked for yet: neither the answer nor its time may tell if
 * there is one. Asking again while a claim waits gives that claim.
 *
 * @throws {MedusaError} `unauthorized`, if the customer has no account any more
 * @throws {OrderClaimRefusal} `order_claim_throttled`, if they have asked far too often
 */
export async function askForOrders(
  db: Queryable,
  customerId: string,
  { email, display_id, sales_channel_ids }: AddressRequest,
  { linkTtlMs, limits }: Pick<OpeningRules, "linkTtlMs" | "limits">
): Promise<ClaimRow> {
  await lockRequests(db, customerId)
  const claimant = (await loadCustomers(db, [customerId])).get(customerId)
  if (!claimant?.has_account) throw noAccount()

  const recipient = { email: email ?? claimant.email }
  const request = {
    ...recipient,
    customer_id: customerId,
    origin: "address",
    display_id: display_id ?? null,
    sales_channel_ids: sales_channel_ids ? [...sales_channel_ids].sort() : null,
    own_address: isOwnAddress(recipient, claimant),
  } as const
  const waiting = await findWaitingRequest(db, request, linkTtlMs)
  if (waiting) return waiting

  if (limits) await refuseTooMany(db, customerId, limits)
  const asked = await insertRequested(db, request, linkTtlMs)
  if (!asked) throw new Error("a request was not written")
  return asked
}

async function refuseTooMany(
  db: Queryable,
  customerId: string,
  limits: Limits
): Promise<void> {
  const waitMs = await findWait(db, customerId, requestLimits(limits))
  if (waitMs !== undefined) throw askedTooOften(waitMs)
}

function noAccount(): MedusaError {
  return new MedusaError(
    MedusaError.Types.UNAUTHORIZED,
    "Log in with a customer account first."
  )
}
