/**
 * Settles as `work` does, or as `onTimeout` says once the time has passed. The
 * work itself goes on: what it holds is for `onTimeout` to end.
 *
 * @param ms - the limit, in milliseconds
 * @param onTimeout - gives what to resolve with, or throws
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
