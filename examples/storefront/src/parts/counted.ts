/** Writes a number with its noun: "1 order", "2 orders". */
export const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? "" : "s"}`
