import type { OrderClaim } from "./order-claim"

/** The badge of a status: its words and its colour. */
export interface StatusWords {
  words: string
  color: "green" | "red" | "blue" | "orange" | "grey"
}

/** Puts a claim's status into words. Expiry is a date, not a status: it depends on now. */
export function statusWords(
  claim: Pick<OrderClaim, "status" | "expires_at" | "attempts">,
  now = new Date()
): StatusWords {
  switch (claim.status) {
    case "requested":
      return { words: "Looking up orders", color: "orange" }
    case "pending":
      return claim.attempts
        ? { words: "Waiting to be emailed again", color: "orange" }
        : { words: "Waiting to be emailed", color: "orange" }
    case "sent":
      return now < new Date(claim.expires_at)
        ? { words: "Waiting for confirmation", color: "blue" }
        : { words: "Expired", color: "grey" }
    case "confirmed":
      return { words: "Confirmed", color: "green" }
    case "reverted":
      return { words: "Given back", color: "red" }
    case "declined":
      return { words: "Declined", color: "red" }
    case "canceled":
      return { words: "Canceled", color: "grey" }
    case "failed":
      return { words: "Email failed", color: "red" }
    case "throttled":
      return { words: "Not emailed: over the limit", color: "orange" }
    case "ineligible":
      return { words: "Not emailed: cannot be claimed", color: "grey" }
  }
}
