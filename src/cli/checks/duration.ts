import { counted } from "../../values/counted"

const UNITS = [
  [24 * 60 * 60, "day"],
  [60 * 60, "hour"],
  [60, "minute"],
  [1, "second"],
] as const

/** A time in the largest unit that fits: `3 hours`. */
export function duration(seconds: number): string {
  const [length, unit] = UNITS.find(([of]) => seconds >= of) ?? [1, "second"]
  return counted(Math.floor(seconds / length), unit)
}
