/** Tells on stderr what is going on, so that nobody waits in front of silence. */
export function progress(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Runs a step that takes long, saying so before and how long it took after. */
export async function timed<T>(
  what: string,
  step: () => Promise<T>
): Promise<T> {
  progress(`${what} …`)
  const start = Date.now()
  const result = await step()
  progress(`${what}: done in ${((Date.now() - start) / 1000).toFixed(1)} s`)
  return result
}
