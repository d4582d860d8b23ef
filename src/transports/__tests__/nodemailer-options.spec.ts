import { once } from "events"
import { AddressInfo, Socket } from "net"
import {
  SMTPServer,
  SMTPServerAuthentication,
  SMTPServerOptions,
} from "smtp-server"
import { closeOpened, message, transportTo } from "./sending"

let server: SMTPServer
let logins: SMTPServerAuthentication[]
let mails: string[]
let port: number

const listen = async (options: SMTPServerOptions = {}) => {
  server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    closeTimeout: 100,
    authMethods: ["PLAIN", "LOGIN", "CRAM-MD5"],
    onAuth: (login, _session, callback) => {
      logins.push(login)
      callback(null, { user: login.username })
    },
    onData: (stream, _session, callback) => {
      const chunks: Buffer[] = []
      stream.on("data", (chunk: Buffer) => chunks.push(chunk))
      stream.once("end", () => {
        mails.push(Buffer.concat(chunks).toString())
        callback()
      })
    },
    ...options,
  })
  server.on("error", () => undefined)
  server.listen(0, "127.0.0.1")
  await once(server.server, "listening")
  port = (server.server.address() as AddressInfo).port
}

beforeEach(() => {
  logins = []
  mails = []
})
afterEach(async () => {
  closeOpened()
  await new Promise<void>((resolve) => server.close(resolve))
})

/** Sends a mail to the server with these options of nodemailer. */
const sendWith = (options: object) =>
  transportTo(
    { host: "127.0.0.1", port, ...options },
    { connectionTimeoutMs: 2000 }
  ).send(message())

const accepted = { type: "accepted" }

describe("authMethod", () => {
  const auth = { user: "shop", pass: "secret" }

  it.each<[string, object, string]>([
    ["is the method of the login", { authMethod: "LOGIN", auth }, "LOGIN"],
    [
      "yields to the method of auth",
      { authMethod: "LOGIN", auth: { ...auth, method: "CRAM-MD5" } },
      "CRAM-MD5",
    ],
    ["is the server's first without one", { auth }, "PLAIN"],
  ])("%s", async (_, options, method) => {
    await listen()
    expect(await sendWith(options)).toMatchObject(accepted)
    expect(logins.map((login) => login.method)).toEqual([method])
    expect(auth).toEqual({ user: "shop", pass: "secret" })
  })
})

it("localAddress is where the connection comes from", async () => {
  await listen()
  // Reserved for documents: nobody has it.
  const localAddress = "192.0.2.1"
  expect(await sendWith({ localAddress })).toEqual({
    type: "deferred",
    response: expect.stringContaining("EADDRNOTAVAIL") as string,
  })
})

describe("a socket of the shop's own", () => {
  type Done = (error: null, its: { connection: Socket }) => void

  it.each<[string, (socket: Socket) => object]>([
    ["socket", (socket) => ({ socket })],
    ["connection", (socket) => ({ connection: toServer(socket) })],
    [
      "getSocket",
      (socket) => ({
        getSocket: (_options: object, done: Done) => {
          toServer(socket).once("connect", () =>
            done(null, { connection: socket })
          )
        },
      }),
    ],
  ])("given as %s carries the mail", async (_, options) => {
    await listen()
    const socket = new Socket()
    expect(await sendWith(options(socket))).toMatchObject(accepted)
    expect(socket.bytesWritten).toBeGreaterThan(mails.join("").length)
    socket.destroy()
  })

  function toServer(socket: Socket): Socket {
    return socket.connect(port, "127.0.0.1")
  }
})

it("secured, without a socket to which it applies, leaves nothing unencrypted", async () => {
  await listen({ secure: true })
  const tls = { rejectUnauthorized: false }
  const options = { secure: true, secured: true, tls }
  expect(await sendWith(options)).toMatchObject(accepted)
})

it("normalizeHeaderKey writes the names of the headers", async () => {
  await listen()
  const normalizeHeaderKey = (key: string) => key.toUpperCase()
  expect(await sendWith({ normalizeHeaderKey })).toMatchObject(accepted)
  expect(mails[0]).toContain("\r\nSUBJECT: ")
})

it("lmtp: a mail that the server refuses for its recipient is refused", async () => {
  await listen({
    lmtp: true,
    onData: (stream, _session, callback) => {
      stream.resume()
      const error = Object.assign(new Error("full"), { responseCode: 552 })
      stream.once("end", () => callback(error))
    },
  })
  expect(await sendWith({ lmtp: true })).toEqual({
    type: "refused",
    response: "552 full",
  })
})
