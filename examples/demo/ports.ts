import { freePort, progress } from "../../integration-tests/stock-store"

/** The usual port, or another one when somebody listens there already. */
export async function portFor(what: string, usual: number): Promise<number> {
  const port = await freePort(usual)
  if (port !== usual) {
    progress(`Port ${usual} is taken: the ${what} uses ${port} instead.`)
  }
  return port
}
