import { MedusaError } from "medusa-core-utils"
import type { AddressRequest } from "../claims/address-request"
import { isOwnAddress } from "../claims/own-address"
import type { ClaimRow } from "../db/claims"
import { loadCustomers } from "../db/customers"
import type { Queryable } from "../db/database"
import {
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
 */
export async function askForOrders(
  db: Queryable,
  customerId: string,
  { email, display_id, sales_channel_ids }: AddressRequest,
  { linkTtlMs }: Pick<OpeningRules, "linkTtlMs">
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
  const asked =
    (await findWaitingRequest(db, request, linkTtlMs)) ??
    (await insertRequested(db, request, linkTtlMs))
  if (!asked) throw new Error("a request was not written")
  return asked
}

function noAccount(): MedusaError {
  return new MedusaError(
    MedusaError.Types.UNAUTHORIZED,
    "Log in with a customer account first."
  )
}
