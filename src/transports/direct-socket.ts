import { connect, isIP, Socket, TcpNetConnectOpts } from "net"
import { ConnectionError } from "./connection-error"

interface Target {
  host?: string
  port?: number | string
  secure?: boolean
  connectionTimeout?: number
  localAddress?: string
}

type Callback = (error: Error | null, socket?: { connection: Socket }) => void

/**
 * nodemailer's `getSocket`, with TCP_NODELAY. nodemailer writes a message and
 * its final dot separately; without this the dot waits for the peer's delayed
 * acknowledgement, 40 ms a message. TLS is nodemailer's own, on this socket.
 */
export function openDirectSocket(options: object, callback: Callback): void {
  const { host, port, secure, connectionTimeout, localAddress } =
    options as Target
  const target: TcpNetConnectOpts = {
    host: host || "localhost",
    port: Number(port) || (secure ? 465 : 587),
    localAddress,
    // Of the same family: IPv4 cannot reach IPv6. 0 for any.
    family: isIP(localAddress ?? ""),
    autoSelectFamily: true,
  }
  const socket = connect(target)
  socket.setNoDelay(true)

  const fail = (error: Error) => {
    socket.destroy()
    callback(error)
  }
  const timeOut = () => fail(new ConnectionError("Connection timeout"))
  socket.setTimeout(connectionTimeout ?? 0, timeOut)
  socket.once("error", fail)
  socket.once("connect", () => {
    socket.setTimeout(0)
    socket.off("timeout", timeOut)
    socket.off("error", fail)
    callback(null, { connection: socket })
  })
}

/** The first digit of a reply such as "354 go ahead": the mail itself follows. */
const GO_AHEAD = "3".charCodeAt(0)

/**
 * Sends a mail and its final dot in one write: nodemailer writes them one after the
 * other, in the same turn of the event loop. Call it once nodemailer listens, since
 * the socket hands out what it has received as soon as somebody does.
 */
export function joinMailAndDot(socket: Socket): void {
  socket.prependListener("data", (reply: Buffer) => {
    if (reply[0] !== GO_AHEAD) return
    socket.cork()
    setImmediate(() => socket.uncork())
  })
}
