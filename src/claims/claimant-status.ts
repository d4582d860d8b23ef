import type { Claim } from "./claim"

/** What a claimant reads of their own claim. */
export type ClaimantStatus =
  "waiting" | "confirmed" | "declined" | "canceled" | "expired"

/**
 * Tells the claimant nothing about the orders: a claim that was throttled or is
 * ineligible reads as one that nobody answers.
 */
export function claimantStatus(
  claim: Pick<Claim, "status" | "expires_at">,
  now: Date
): ClaimantStatus {
  switch (claim.status) {
    case "confirmed":
    case "declined":
    case "canceled":
      return claim.status
    case "pending":
    case "sent":
    case "failed":
    case "throttled":
    case "ineligible":
      return now < claim.expires_at ? "waiting" : "expired"
  }
}
