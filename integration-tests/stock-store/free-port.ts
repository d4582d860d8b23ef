import net from "node:net"

/**
 * Below the ports that systems hand out by themselves, so that no outgoing
 * connection takes one before its server listens.
 */
const LOWEST = 20_000
const COUNT = 12_000

// processes that look at the same time begin in different places
let next = (process.pid * 37) % COUNT

/**
 * A TCP port nothing listens on.
 *
 * @param preferred - taken when it is free
 */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred && (await isFree(preferred))) return preferred
  for (let tries = 0; tries < COUNT; tries++) {
    const port = LOWEST + next
    next = (next + 1) % COUNT
    if (await isFree(port)) return port
  }
  throw new Error(`no port from ${LOWEST} to ${LOWEST + COUNT - 1} is free`)
}

function isFree(port: number): Promise<boolean> {
  // on every address, as a store listens: a port that is taken on one of
  // them only would otherwise look free
  const server = net.createServer()
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(false)
      else reject(error)
    })
    server.listen(port, () => server.close(() => resolve(true)))
  })
}
