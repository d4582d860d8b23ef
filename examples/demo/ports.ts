import { freePort, progress } from "../../integration-tests/stock-store"

/** Finds a free port: the usual one, or another if that is taken. */
export async function portFor(what: string, usual: number): Promise<number> {
  const port = await freePort(usual)
  if (port !== usual) {
    progress(`Port ${usual} is taken: the ${what} uses ${port} instead.`)
  }
  return port
}
