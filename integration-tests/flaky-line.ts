import { type AddressInfo, connect, createServer, type Socket } from "net"

/** The fate of a connection. */
export type LineState =
  /** Reaches the mail server. */
  | "up"
  /** Is cut as soon as it stands. */
  | "reset"
  /** Stands, and nothing comes. */
  | "silent"
  /** Stands, and one character a second comes, for ever. */
  | "drip"
  /** Reaches the mail server, and is cut in the middle of the mail. */
  | "cut"

/** A TCP line to a mail server that fails as lines fail. */
export interface FlakyLine {
  /** The URL that the store gets as its mail server's. */
  url: string
  state: LineState
  /** The port that it leads to. */
  target: number
  /** The number of connections so far. */
  connections: number
  stop(): Promise<void>
}

export async function startFlakyLine(): Promise<FlakyLine> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    line.connections += 1
    sockets.add(socket)
    socket.on("error", () => undefined)
    socket.once("close", () => sockets.delete(socket))
    treat(socket, line)
  })
  await new Promise<void>((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve())
  )
  const line: FlakyLine = {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state: "up",
    target: 0,
    connections: 0,
    stop: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return line
}

function treat(socket: Socket, { state, target }: FlakyLine): void {
  switch (state) {
    case "reset":
      socket.resetAndDestroy()
      return
    case "silent":
      return
    case "drip": {
      const drop = setInterval(() => socket.write("2"), 1000)
      socket.once("close", () => clearInterval(drop))
      return
    }
    case "up":
    case "cut":
      join(socket, target, state === "cut")
  }
}

function join(socket: Socket, target: number, isCut: boolean): void {
  const server = connect(target, "127.0.0.1")
  server.on("error", () => socket.destroy())
  server.once("close", () => socket.destroy())
  socket.once("close", () => server.destroy())
  server.pipe(socket)
  socket.on("data", (data) => {
    if (isCut && data.includes("DATA\r\n")) socket.resetAndDestroy()
    else server.write(data)
  })
}
