import { once } from "events"
import { AddressInfo, createServer, Server, Socket } from "net"
import { joinMailAndDot, openDirectSocket } from "../direct-socket"

const open = (options: object) =>
  new Promise<Socket>((resolve, reject) => {
    openDirectSocket(options, (error, socket) => {
      if (error) reject(error)
      else resolve((socket as { connection: Socket }).connection)
    })
  })

describe("a direct socket", () => {
  let server: Server
  let port: number

  beforeEach(async () => {
    server = createServer((peer) => peer.on("error", () => undefined))
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    port = (server.address() as AddressInfo).port
  })
  afterEach(async () => {
    server.close()
    if (server.listening) await once(server, "close")
  })

  it("sends every write at once: TCP_NODELAY", async () => {
    const setNoDelay = jest.spyOn(Socket.prototype, "setNoDelay")
    const socket = await open({ host: "127.0.0.1", port })
    expect(setNoDelay.mock.contexts).toContain(socket)
    expect(setNoDelay.mock.calls).toContainEqual([true])
    setNoDelay.mockRestore()
    socket.destroy()
  })

  it("connects to the host and port of the options, even as text", async () => {
    const socket = await open({ host: "localhost", port: String(port) })
    expect(socket.remotePort).toBe(port)
    socket.destroy()
  })

  it("connects from the local address, to an address of its family", async () => {
    const localAddress = "127.0.0.1"
    const socket = await open({ host: "localhost", port, localAddress })
    expect(socket.localAddress).toBe(localAddress)
    socket.destroy()
    // Reserved for documents: nobody has it.
    const foreign = { host: "127.0.0.1", port, localAddress: "192.0.2.1" }
    await expect(open(foreign)).rejects.toMatchObject({ code: "EADDRNOTAVAIL" })
  })

  it("is handed over without a time limit or listeners of its own", async () => {
    const connectionTimeout = 5000
    const socket = await open({ host: "127.0.0.1", port, connectionTimeout })
    expect(socket.timeout).toBe(0)
    expect(socket.listenerCount("timeout")).toBe(0)
    expect(socket.listenerCount("error")).toBe(0)
    socket.destroy()
  })

  it("that is refused is an error", async () => {
    server.close()
    await once(server, "close")
    const refused = { code: "ECONNREFUSED" }
    await expect(open({ host: "127.0.0.1", port })).rejects.toMatchObject(
      refused
    )
  })

  it.each([
    [465, { secure: true }],
    [587, { secure: false }],
    [587, {}],
  ])("uses port %d by default: %j", async (expected, options) => {
    const found = await open({ host: "127.0.0.1", ...options }).then(
      (socket) => {
        socket.destroy()
        return socket.remotePort
      },
      (error: { port?: number }) => error.port
    )
    expect(found).toBe(expected)
  })

  it("sends a mail and its final dot together, and all else at once", async () => {
    const peer = once(server, "connection") as Promise<[Socket]>
    const socket = await open({ host: "127.0.0.1", port })
    const [mailServer] = await peer
    /** The bytes that still wait to be sent, after each of two writes. */
    const waiting: number[] = []
    socket.on("data", () => {
      socket.write("a mail\r\n")
      waiting.push(socket.writableLength)
      process.nextTick(() => {
        socket.write(".\r\n")
        waiting.push(socket.writableLength)
      })
    })
    joinMailAndDot(socket)

    mailServer.write("354 go ahead\r\n")
    const [mail] = (await once(mailServer, "data")) as [Buffer]
    expect(mail.toString()).toBe("a mail\r\n.\r\n")
    expect(waiting.splice(0)).toEqual([8, 11])

    mailServer.write("250 ok\r\n")
    await once(mailServer, "data")
    expect(waiting).toEqual([0, 0])
    socket.destroy()
  })
})
