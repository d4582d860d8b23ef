import { Claim, EVENT_TOKEN_GENERATION, MAX_PASSWORD_ATTEMPTS } from "./claim"
import { PresentedToken } from "./claim-token"
import { OrderClaimRefusal } from "./refusal"

/**
 * The status of a presented token. `open`: it may confirm. `confirmed`: it has
 * confirmed. Every other status has a refusal of the same name.
 */
export type LinkStatus = "open" | "confirmed" | DeadEnd

type DeadEnd =
  | "invalid"
  | "expired"
  | "superseded"
  | "used"
  | "reverted"
  | "declined"
  | "canceled"
  | "stale"

/**
 * Finds the status of a token from its claim; the orders are checked afterwards.
 * The claim's outcome comes before the token's age, since it helps the reader more.
 */
export function linkStatusOf(
  claim: Claim,
  token: PresentedToken,
  now: Date
): LinkStatus {
  switch (claim.status) {
    case "confirmed":
      return claim.confirmed_generation === token.generation
        ? "confirmed"
        : "used"
    case "reverted":
      return claim.reverted_order_ids.length ? "reverted" : "stale"
    case "declined":
    case "canceled":
      return claim.status
    case "ineligible":
      return "stale"
    case "requested":
    case "throttled":
      // Nothing was mailed, so no link exists.
      return "invalid"
    case "pending":
    case "sent":
    case "failed":
      return statusOfOpen(claim, token, now)
  }
}

function statusOfOpen(
  claim: Claim,
  token: PresentedToken,
  now: Date
): LinkStatus {
  const generation = mailedGeneration(token)
  if (generation > claim.token_generation) return "invalid"
  if (generation < claim.token_generation) return "superseded"
  if (isLocked(claim)) return "expired"
  const expiresAt = token.type === "event" ? token.expiresAt : claim.expires_at
  return now < expiresAt ? "open" : "expired"
}

/** True if too many passwords were tried with a claim's newest link: it no longer works. */
export function isLocked(claim: Pick<Claim, "password_attempts">): boolean {
  return claim.password_attempts >= MAX_PASSWORD_ATTEMPTS
}

/** True if no newer link was mailed after this token. */
export function isNewest(claim: Claim, token: PresentedToken): boolean {
  return mailedGeneration(token) === claim.token_generation
}

/** The generation that a token counts as: the event's own is as old as the first link. */
function mailedGeneration({ generation }: PresentedToken): number {
  return generation === EVENT_TOKEN_GENERATION ? 1 : generation
}

/** Makes the refusal for a token that cannot be used. */
export function refusalOf(status: Exclude<LinkStatus, "open">) {
  return new OrderClaimRefusal(
    status === "confirmed" ? "order_claim_used" : `order_claim_${status}`
  )
}
