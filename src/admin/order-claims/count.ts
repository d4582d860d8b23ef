/** The number at which the server stops counting. */
const MOST_COUNTED = 10_000

/** Writes a number of claims: 10,000 means that there may be more. */
export const countText = (count: number): string =>
  count.toLocaleString() + (count >= MOST_COUNTED ? "+" : "")

/** A number and its noun: "1 claim", "2 claims". */
export const plural = (count: number, noun: string): string =>
  `${countText(count)} ${noun}${count === 1 ? "" : "s"}`
