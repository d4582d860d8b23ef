import { type AddressInfo, connect, createServer, type Socket } from "net"

/** A TCP line to PostgreSQL that can be held, slowed down and cut. */
export interface DatabaseLine {
  /** The URL of a database, through the line. */
  urlThrough(url: string): string
  /** Carries nothing more in either direction; no end sees the other close. */
  hold(): void
  /**
   * Holds only the connection that sends a statement with this text next, as soon as
   * the database has it: it works on, and nobody hears of it.
   *
   * @returns resolves once that has happened
   */
  holdAt(text: string): Promise<void>
  /** Carries everything again; what an end has closed meanwhile breaks at the other. */
  restore(): void
  /** Delays everything from the server by this many milliseconds; 0 for no delay. */
  slowDown(ms: number): void
  /** Breaks all connections, and every new one until the line is restored. */
  cut(): void
  stop(): Promise<void>
}

interface Pair {
  client: Socket
  server: Socket
  isHeld: boolean
  /** The steps that wait for the line to be restored. */
  held: (() => void)[]
}

/**
 * Starts a line to the PostgreSQL server at a port.
 *
 * @param target - the port of the server
 */
export async function startDatabaseLine(target: number): Promise<DatabaseLine> {
  const pairs = new Set<Pair>()
  const traps: { text: string; sprung: () => void }[] = []
  let isHeld = false
  let isCut = false
  let delayMs = 0

  const carry = (pair: Pair, step: () => void) =>
    pair.isHeld ? void pair.held.push(step) : step()

  const listener = createServer((client) => {
    if (isCut) return void client.resetAndDestroy()
    const server = connect(target, "127.0.0.1").setNoDelay()
    client.setNoDelay()
    const pair: Pair = { client, server, isHeld, held: [] }
    pairs.add(pair)
    for (const socket of [client, server]) {
      socket.on("error", () => undefined)
      const other = socket === client ? server : client
      socket.once("close", () => {
        carry(pair, () => {
          other.destroy()
          pairs.delete(pair)
        })
      })
    }
    client.on("data", (data) => {
      const trap = traps.findIndex(({ text }) => data.includes(text))
      carry(pair, () => server.write(data))
      if (trap < 0) return
      pair.isHeld = true
      traps.splice(trap, 1)[0]?.sprung()
    })
    server.on("data", (data) => {
      const pass = () => carry(pair, () => client.write(data))
      if (delayMs) setTimeout(pass, delayMs)
      else pass()
    })
  })
  await new Promise<void>((resolve) =>
    listener.listen(0, "127.0.0.1", () => resolve())
  )
  const { port } = listener.address() as AddressInfo

  const destroyAll = () => {
    for (const { client, server } of pairs) {
      client.destroy()
      server.destroy()
    }
    pairs.clear()
  }
  return {
    urlThrough(url) {
      const through = new URL(url)
      through.port = String(port)
      return through.href
    },
    hold() {
      isHeld = true
      for (const pair of pairs) pair.isHeld = true
    },
    holdAt: (text) =>
      new Promise((resolve) => traps.push({ text, sprung: resolve })),
    restore() {
      isHeld = false
      isCut = false
      for (const pair of pairs) {
        pair.isHeld = false
        for (const step of pair.held.splice(0)) step()
      }
    },
    slowDown(ms) {
      delayMs = ms
    },
    cut() {
      isCut = true
      destroyAll()
    },
    stop() {
      destroyAll()
      return new Promise((resolve) => listener.close(() => resolve()))
    },
  }
}
