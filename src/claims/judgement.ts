import { Claim, EVENT_TOKEN_GENERATION } from "./claim"
import { PresentedToken } from "./claim-token"
import { RefusalCode } from "./refusal"

/** What a presented token may do to its claim. */
export type Judgement =
  | { type: "confirm" }
  /** The token that confirmed, once more: answered like the first time, changes nothing. */
  | { type: "repeat" }
  | { type: "refuse"; code: RefusalCode }

const refuse = (code: RefusalCode): Judgement => ({ type: "refuse", code })

/**
 * Judges a presented token by its claim. What became of the claim comes before
 * the token's age, since it tells the reader more.
 */
export function judge(
  claim: Claim,
  token: PresentedToken,
  now: Date
): Judgement {
  switch (claim.status) {
    case "confirmed":
      return claim.confirmed_generation === token.generation
        ? { type: "repeat" }
        : refuse("order_claim_used")
    case "declined":
      return refuse("order_claim_declined")
    case "canceled":
      return refuse("order_claim_canceled")
    case "ineligible":
      return refuse("order_claim_stale")
    case "throttled":
      // Nothing was mailed, so no link of ours can exist.
      return refuse("order_claim_invalid")
    case "pending":
    case "sent":
    case "failed":
      return judgeOpen(claim, token, now)
  }
}

function judgeOpen(claim: Claim, token: PresentedToken, now: Date): Judgement {
  const generation =
    token.generation === EVENT_TOKEN_GENERATION ? 1 : token.generation
  if (generation > claim.token_generation) return refuse("order_claim_invalid")
  if (generation < claim.token_generation) {
    return refuse("order_claim_superseded")
  }
  const expiresAt = token.type === "event" ? token.expiresAt : claim.expires_at
  return now < expiresAt ? { type: "confirm" } : refuse("order_claim_expired")
}
