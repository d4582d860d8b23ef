import net from "node:net"

/**
 * A TCP port nothing listens on.
 *
 * @param preferred - taken when it is free
 */
export async function freePort(preferred = 0): Promise<number> {
  // on every address, as a store listens: a port that is taken on one of
  // them only would otherwise look free
  const server = net.createServer()
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" && preferred) {
        freePort().then(resolve, reject)
      } else {
        reject(error)
      }
    })
    server.listen(preferred, () => {
      const { port } = server.address() as net.AddressInfo
      server.close(() => resolve(port))
    })
  })
}
