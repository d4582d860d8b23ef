import type { Claim } from "./claim"

/** The status of a claim as its claimant sees it. */
export type ClaimantStatus =
  "waiting" | "confirmed" | "declined" | "canceled" | "expired"

/**
 * Maps a claim's status to the claimant's view. It reveals nothing about the
 * orders: a throttled or ineligible claim looks like one that was never answered.
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
    case "requested":
    case "pending":
    case "sent":
    case "failed":
    case "throttled":
    case "ineligible":
      return now < claim.expires_at ? "waiting" : "expired"
  }
}

/**
 * True if a claimant may know of a claim. An offer that is not confirmed would tell a
 * stranger who registered with somebody's address that there are orders.
 */
export function isKnownToClaimant({
  origin,
  status,
}: Pick<Claim, "origin" | "status">): boolean {
  return origin !== "registration" || status === "confirmed"
}
