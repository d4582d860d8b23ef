/**
 * Milliseconds on a clock that every process of the machine reads alike: the
 * system's monotonic one, so that a time from the store and one from the mail
 * server can be subtracted.
 */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6

/** Resolves after so many milliseconds. */
export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms))
