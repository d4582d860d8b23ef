/**
 * The time in milliseconds on a clock that all processes of the machine share: the
 * system's monotonic one. So times from the store and from the mail server can be
 * subtracted.
 */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6

/** Resolves after so many milliseconds. */
export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms))
