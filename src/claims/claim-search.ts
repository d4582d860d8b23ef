/** The words of a search among claims. */
export type ClaimSearch =
  /** The beginning of the recipient's address, or all of it. */
  { type: "address"; prefix: string } | { type: "number"; display_id: number }

/** The largest number of an order: PostgreSQL's integer. */
export const MAX_DISPLAY_ID = 2 ** 31 - 1

/** Reads a search: `1042` and `#1042` are an order's number, all else is an address. */
export function parseClaimSearch(words: string): ClaimSearch {
  const [, digits] = /^#?(\d{1,10})$/.exec(words) ?? []
  const display_id = Number(digits)
  return digits && display_id <= MAX_DISPLAY_ID
    ? { type: "number", display_id }
    : { type: "address", prefix: words }
}
