import type { ClaimRow } from "../db/claims"
import { loadCustomers } from "../db/customers"
import type { Queryable } from "../db/database"
import { findGuestOrders } from "../db/guest-orders"
import { insertRequested } from "../db/requested-claims"
import type { OpeningRules } from "./decide-claim"

/** A customer who was just created. */
export interface NewCustomer {
  id: string
  /** The address at that time. */
  email: string
}

/**
 * Records the offer to add the guest orders of a new account's address to it, inside
 * the caller's transaction. It is a claim of the account's own address, once per
 * account. Without such orders there is nothing to offer; nor to a guest, nor to who has
 * changed the address since: in that way one account could walk through its victims.
 *
 * @returns `undefined` if there is no offer, or was one before
 */
export async function offerOrders(
  db: Queryable,
  { id, email }: NewCustomer,
  { linkTtlMs }: Pick<OpeningRules, "linkTtlMs">
): Promise<ClaimRow | undefined> {
  const customer = (await loadCustomers(db, [id])).get(id)
  if (!customer?.has_account || customer.email !== email) return undefined

  const offer = {
    customer_id: id,
    email,
    origin: "registration",
    display_id: null,
    sales_channel_ids: null,
    own_address: true,
  } as const
  const orders = await findGuestOrders(db, offer)
  return orders.length ? insertRequested(db, offer, linkTtlMs) : undefined
}
