/**
 * Settles like `work`, or like `onTimeout` once the time is up. The work itself goes
 * on: `onTimeout` has to free the resources that it holds.
 *
 * @param ms - the limit, in milliseconds
 * @param onTimeout - returns the value to resolve with, or throws
 */
export async function withTimeLimit<T>(
  ms: number,
  work: T | Promise<T>,
  onTimeout: () => T
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  }).then(onTimeout)
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}
