import EventEmitter, { once } from "events"
import { AddressInfo, createServer, Server, Socket } from "net"
import SMTPConnection from "nodemailer/lib/smtp-connection"
import { closeOpened, message, transportTo } from "./sending"

const REPLIES = {
  EHLO: "250 mail.example",
  MAIL: "250 ok",
  RCPT: "250 ok",
  DATA: "354 go ahead",
  /** The mail itself. */
  ".": "250 queued",
  RSET: "250 reset",
}
type Command = keyof typeof REPLIES
type Acts = Partial<Record<Command, (peer: Socket) => void>>

let server: Server
let url: string
let peers: Socket[]
/** Each command, after the number of its connection. */
let heard: string[]
/** Done on the first connection, in place of the reply. */
let acts: Acts

beforeEach(async () => {
  peers = []
  heard = []
  acts = {}
  server = createServer((peer) => {
    const connection = peers.push(peer)
    peer.on("error", () => undefined)
    peer.write("220 mail.example\r\n")
    eachCommand(peer, (command) => {
      heard.push(`${connection} ${command}`)
      const act = connection === 1 ? acts[command] : undefined
      if (act) act(peer)
      else peer.write(`${REPLIES[command]}\r\n`)
    })
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  closeOpened()
  peers.forEach((peer) => peer.destroy())
  server.close()
  await once(server, "close")
})

function eachCommand(peer: Socket, hear: (command: Command) => void): void {
  let received = ""
  let isMail = false
  peer.on("data", (chunk: Buffer) => {
    received += chunk.toString()
    const end = isMail ? "\r\n.\r\n" : "\r\n"
    if (!received.endsWith(end)) return
    const command = isMail ? "." : (received.split(/\s/)[0] as Command)
    received = ""
    isMail = command === "DATA"
    hear(command)
  })
}

const oneLane = () => {
  const limits = { connectionTimeoutMs: 2000, sendTimeoutMs: 10_000 }
  return transportTo(url, { concurrency: 1, ...limits })
}

const accepted = { type: "accepted", response: "250 queued" }

describe("a mail that is refused", () => {
  const BLOCKED = "550 5.7.1 blocked\r\n"
  const refused = {
    type: "refused",
    response: expect.stringContaining(BLOCKED.trim()) as string,
  }
  const block = (peer: Socket) => void peer.write(BLOCKED)
  const blockAndClose = (peer: Socket) => void peer.end(BLOCKED)
  const blockAndBreak = (peer: Socket) =>
    void peer.write(BLOCKED, () => peer.resetAndDestroy())

  it.each<[string, Acts]>([
    ["closes the connection", { RCPT: blockAndClose }],
    ["closes it after the mail", { ".": blockAndClose }],
    ["breaks it", { RCPT: blockAndBreak }],
    ["closes it on RSET", { RCPT: block, RSET: (peer) => peer.end() }],
    [
      "breaks it on RSET",
      { RCPT: block, RSET: (peer) => void peer.resetAndDestroy() },
    ],
    ["refuses RSET", { RCPT: block, RSET: block }],
    ["ignores RSET", { RCPT: block, RSET: () => undefined }],
  ])(
    "is refused if the server %s, and the next goes over another connection",
    async (_, given) => {
      acts = given
      const transport = oneLane()
      expect(await transport.send(message())).toEqual(refused)
      expect(await transport.send(message())).toEqual(accepted)
      expect(heard.at(-1)).toBe("2 .")
    }
  )

  it("does not wait for the reset, but the next on its connection does", async () => {
    let reset: () => void = () => undefined
    const isReset = new Promise<void>((resolve) => (reset = resolve))
    const isAsked = new Promise<void>((resolve) => {
      acts = {
        RCPT: block,
        RSET: (peer) => {
          acts = {}
          void isReset.then(() => peer.write("250 reset\r\n"))
          resolve()
        },
      }
    })
    const transport = oneLane()
    expect(await transport.send(message())).toEqual(refused)

    const next = transport.send(message())
    await isAsked
    reset()
    expect(await next).toEqual(accepted)
    // A command that did not wait would have come together with RSET.
    const mail = ["1 MAIL", "1 RCPT"]
    const rest = ["1 RSET", ...mail, "1 DATA", "1 ."]
    expect(heard).toEqual(["1 EHLO", ...mail, ...rest])
  })

  it("leaves no listeners behind", async () => {
    const connects = jest.spyOn(SMTPConnection.prototype, "connect")
    const opens = jest.spyOn(Socket.prototype, "setNoDelay")
    const transport = oneLane()
    const listeners = async () => {
      expect(await transport.send(message())).toEqual(accepted)
      const emitters: unknown[] = [connects, opens].flatMap(
        ({ mock }) => mock.contexts as unknown[]
      )
      return (emitters as EventEmitter[]).map((emitter) =>
        emitter.eventNames().map((name) => emitter.listenerCount(name))
      )
    }
    const before = await listeners()
    acts = { RCPT: block }
    for (let i = 0; i < 5; i++) await transport.send(message())
    acts = {}
    expect(await listeners()).toEqual(before)
    expect(before).toHaveLength(2)
    connects.mockRestore()
    opens.mockRestore()
  })
})

describe("a connection that ends in the middle of a mail", () => {
  const ways: [string, (peer: Socket) => void, RegExp][] = [
    ["closed", (peer) => peer.end(), /^Connection closed unexpectedly$/],
    ["broken", (peer) => void peer.resetAndDestroy(), /ECONNRESET/],
  ]
  const cases = (["MAIL", "RCPT", "DATA", "."] as const).flatMap((command) =>
    ways.map(([how, act, words]) => [how, command, act, words] as const)
  )

  it.each(cases)(
    "%s after %s, defers at once and says so",
    async (_, command, act, words) => {
      acts = { [command]: act }
      const transport = oneLane()
      expect(await transport.send(message())).toEqual({
        type: "deferred",
        response: expect.stringMatching(words) as string,
      })
      expect(await transport.send(message())).toEqual(accepted)
      expect(heard.at(-1)).toBe("2 .")
    }
  )
})
