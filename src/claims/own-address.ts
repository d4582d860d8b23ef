import { isSameAddress } from "../values/email-address"
import type { Claim } from "./claim"

/**
 * True if only the claimant, logged in, may confirm a claim. A claim of the claimant's
 * own address may be a stranger's who has registered with it: its reader would take it
 * for their own. It stays so whatever address the account has afterwards.
 */
export function needsLogin(
  claim: Pick<Claim, "email" | "own_address">,
  claimant: { email: string } | undefined,
  { requireLogin }: { requireLogin: boolean }
): boolean {
  return requireLogin || isOwnClaim(claim, claimant)
}

/** True if a claim's recipient is, or was, the address of the claimant's account. */
export function isOwnClaim(
  claim: Pick<Claim, "email" | "own_address">,
  claimant: { email: string } | undefined
): boolean {
  return claim.own_address || isOwnAddress(claim, claimant)
}

/**
 * True if a claim's recipient is the address of the claimant's account as it is now.
 * Nobody has verified that address, so it proves nothing.
 */
export function isOwnAddress(
  claim: Pick<Claim, "email">,
  claimant: { email: string } | undefined
): boolean {
  return claimant !== undefined && isSameAddress(claim.email, claimant.email)
}
