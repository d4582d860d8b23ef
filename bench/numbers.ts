/** Returns a quantile of the values: 0.5 is the median. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const index = Math.ceil(sorted.length * share) - 1
  return sorted[Math.max(0, index)] ?? NaN
}

/** Returns the median of several runs. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const [low, high] = [
    sorted[Math.ceil(middle) - 1],
    sorted[Math.floor(middle)],
  ]
  return low === undefined || high === undefined ? NaN : (low + high) / 2
}

/** Returns the median of one number of each run. */
export const medianOf = <T>(runs: T[], read: (run: T) => number): number =>
  median(runs.map(read))

/** The durations of requests, in ms. */
export interface Spread {
  p50: number
  p99: number
  max: number
}

export const spreadOf = (values: number[]): Spread => ({
  p50: percentile(values, 0.5),
  p99: percentile(values, 0.99),
  max: Math.max(...values),
})

/** Returns the medians of several spreads, number by number. */
export const medianSpread = (runs: Spread[]): Spread => ({
  p50: medianOf(runs, ({ p50 }) => p50),
  p99: medianOf(runs, ({ p99 }) => p99),
  max: medianOf(runs, ({ max }) => max),
})

/** Formats a number: `12,345`; below a hundred, with one decimal. */
export function show(value: number): string {
  if (!Number.isFinite(value)) return "–"
  const digits = Math.abs(value) < 100 ? 1 : 0
  return value.toLocaleString("en-US", { maximumFractionDigits: digits })
}

/**
 * Compares two samples by the Mann-Whitney U test, with its normal approximation.
 *
 * @returns the share of chance: how often samples of one distribution would differ as
 * much as these; near 0 if the distributions differ
 */
export function rankSum(ones: number[], others: number[]): number {
  const wins = ones.flatMap((one) =>
    others.map((other) => (one > other ? 1 : one === other ? 0.5 : 0))
  )
  const u = wins.reduce<number>((sum, win) => sum + win, 0)
  const pairs = ones.length * others.length
  const deviation = Math.sqrt((pairs * (ones.length + others.length + 1)) / 12)
  return erfc(Math.abs(u - pairs / 2) / deviation / Math.SQRT2)
}

/** The complementary error function: Abramowitz and Stegun, 7.1.26. */
function erfc(x: number): number {
  const t = 1 / (1 + 0.3275911 * x)
  const factors = [
    0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429,
  ]
  const polynomial = factors.reduceRight((sum, f) => t * (sum + f), 0)
  return polynomial * Math.exp(-x * x)
}
