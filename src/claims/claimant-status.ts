import type { Claim } from "./claim"

/** The status of a claim as its claimant sees it. */
export type ClaimantStatus =
  "waiting" | "confirmed" | "reverted" | "declined" | "canceled" | "expired"

/**
 * The end of a claim's link as its claimant is told: its lifetime, from the request on.
 * That a link was mailed late or again, and so works longer, they are not told: it would
 * reveal that there are orders. Staff ask for orders that exist, so there it is no secret.
 */
export function claimantExpiry(
  claim: Pick<Claim, "origin" | "created_at" | "expires_at">,
  linkTtlMs: number
): Date {
  return claim.origin === "staff"
    ? claim.expires_at
    : new Date(claim.created_at.getTime() + linkTtlMs)
}

/**
 * Maps a claim's status to the claimant's view. It reveals nothing about the
 * orders: a throttled or ineligible claim looks like one that was never answered.
 */
export function claimantStatus(
  claim: Pick<Claim, "status" | "origin" | "created_at" | "expires_at">,
  linkTtlMs: number,
  now: Date
): ClaimantStatus {
  switch (claim.status) {
    case "confirmed":
    case "reverted":
    case "declined":
    case "canceled":
      return claim.status
    case "requested":
    case "pending":
    case "sent":
    case "failed":
    case "throttled":
    case "ineligible":
      return now < claimantExpiry(claim, linkTtlMs) ? "waiting" : "expired"
  }
}

/**
 * True if a claimant may know of a claim. An offer that was never confirmed would tell a
 * stranger who registered with somebody's address that there are orders.
 */
export function isKnownToClaimant({
  origin,
  status,
}: Pick<Claim, "origin" | "status">): boolean {
  return (
    origin !== "registration" || status === "confirmed" || status === "reverted"
  )
}
