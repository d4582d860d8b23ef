/** The number at which the server stops counting. */
const MOST_COUNTED = 10_000

/** The number at which it stops counting what a search finds. */
export const MOST_FOUND = 1000

/** Writes a number of claims; at the number at which counting stops, there may be more. */
export const countText = (count: number, most = MOST_COUNTED): string =>
  count.toLocaleString() + (count >= most ? "+" : "")

/** A number and its noun: "1 claim", "2 claims". */
export const plural = (count: number, noun: string, most?: number): string =>
  `${countText(count, most)} ${noun}${count === 1 ? "" : "s"}`
