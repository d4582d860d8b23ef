import type { AddressSearch } from "../values/address-search"
import type { Claim, ClaimStatus, Delivery, Party } from "./claim"
import { OVER_LIMIT } from "./limits"

/**
 * Stands in the place of an address that was taken out, and of a mail server's words
 * about it. It is no address, so nothing can be mailed to it.
 */
export const ERASED = "erased"

/** The statuses of claims that block their claimants from asking again. */
export const BLOCKS: readonly ClaimStatus[] = ["declined", "reverted"]

/** The statuses of claims that the erasure of an address cancels. */
const OPEN: readonly ClaimStatus[] = [
  "requested",
  "pending",
  "sent",
  "failed",
  "throttled",
  "ineligible",
]

/** A person whose address is taken out. */
export interface ErasedPerson {
  address: AddressSearch
  /** The customers that have the address, as core has them. */
  customerIds: Set<string>
}

/** The part of a claim that may hold an address, or mail it. */
export interface ErasableClaim extends Pick<
  Claim,
  | "id"
  | "customer_id"
  | "email"
  | "order_ids"
  | "status"
  | "to_notify"
  | "last_error"
  | "moved_orders"
> {
  failed_notices: Party[]
  deliveries: Delivery[]
}

/**
 * Takes an address out of a claim. A claim to this address, or by this person, is
 * canceled if it was open, and mails nothing more to them. What the mail server said
 * about it goes whole, as it may quote the address in a form of its own. A claim of other
 * people is changed only where it quotes the address.
 */
export function withoutAddress(
  claim: ErasableClaim,
  { address, customerIds }: ErasedPerson
): ErasableClaim {
  const isRecipient = address.isAddress(claim.email)
  const isClaimant = customerIds.has(claim.customer_id)
  const isTheirs = isRecipient || isClaimant
  const isOfThem = (text: string) => isTheirs || address.isIn(text)
  // The claimant's email names the recipient, so it cannot be written any more.
  const withoutThem = (parties: Party[]) =>
    isRecipient
      ? []
      : parties.filter((party) => !(isClaimant && party === "claimant"))
  const { status, last_error } = claim
  return {
    ...claim,
    status: isTheirs && OPEN.includes(status) ? "canceled" : status,
    email: isRecipient ? ERASED : claim.email,
    to_notify: withoutThem(claim.to_notify),
    // Staff may mail these again.
    failed_notices: withoutThem(claim.failed_notices),
    // The limits read this one.
    last_error:
      last_error !== null &&
      last_error !== OVER_LIMIT.customer &&
      isOfThem(last_error)
        ? null
        : last_error,
    deliveries: claim.deliveries.map((delivery) =>
      isOfThem(delivery.response) ? { ...delivery, response: ERASED } : delivery
    ),
    moved_orders: claim.moved_orders.map((order) => {
      const { email, ...rest } = order
      const isTheirOrder = email !== undefined && address.isAddress(email)
      return isRecipient || isTheirOrder ? rest : order
    }),
  }
}
