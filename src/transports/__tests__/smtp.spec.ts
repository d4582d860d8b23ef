import { once } from "events"
import fc from "fast-check"
import { AddressInfo, createServer, Server, Socket } from "net"
import nodemailer from "nodemailer"
import { SMTPServer, SMTPServerOptions } from "smtp-server"
import { campaign } from "../../../integration-tests/campaign"
import {
  MailServer,
  startMailServer,
} from "../../../integration-tests/stock-store/mail-server"
import { recordingLogger, silentLogger } from "../../values/__tests__/loggers"
import { createTransport, TransportSettings } from ".."
import { LogTransport } from "../log"
import type { MailerSource } from "../mailer"
import { SmtpTransport } from "../smtp"
import type { Message } from "../transport"
import {
  closeOpened,
  mailbox,
  message,
  opened,
  SETTINGS,
  transportTo,
  withOAuth,
} from "./sending"

afterEach(closeOpened)

const portOf = (server: { address(): unknown }) =>
  (server.address() as AddressInfo).port

describe("a mail that is sent", () => {
  let server: MailServer
  beforeAll(async () => {
    server = await startMailServer()
  })
  afterAll(() => server.stop())
  afterEach(() => {
    server.mails.length = 0
    server.recipients.length = 0
    server.onRcpt = undefined
    server.onData = undefined
  })

  it("is accepted with the server's response", async () => {
    const outcome = await transportTo(server.url).send(message())
    expect(outcome.type).toBe("accepted")
    expect(outcome.response).toMatch(/^250 /)
  })

  it("arrives as it was written", async () => {
    await transportTo(server.url).send(
      message({ replyTo: mailbox("Support", "help@shop.example") })
    )
    const [mail] = await server.waitForMails(1)
    expect(mail?.envelope).toEqual({
      from: "orders@shop.example",
      to: ["greta@example.com"],
    })
    expect(mail?.subject).toBe(
      "Hill & Valley: confirm the request for order #1042"
    )
    expect(mail?.text).toBe("Open https://shop.example/claim?token=x\n.\nBye")
    expect(mail?.html).toBe("<p>Hello</p>")
    expect(mail?.headers.get("from")).toMatchObject({
      value: [{ name: "Hill & Valley", address: "orders@shop.example" }],
    })
    expect(mail?.headers.get("to")).toMatchObject({
      value: [{ name: "", address: "greta@example.com" }],
    })
    expect(mail?.headers.get("reply-to")).toMatchObject({
      value: [{ name: "Support", address: "help@shop.example" }],
    })
  })

  it("has its Message-ID, and keeps vacation responders quiet", async () => {
    await transportTo(server.url).send(message())
    const [mail] = await server.waitForMails(1)
    expect(mail?.headers.get("message-id")).toBe("<oclaim_1.1@shop.example>")
    expect(mail?.headers.get("auto-submitted")).toBe("auto-generated")
    expect(mail?.headers.has("reply-to")).toBe(false)
  })

  it("reaches addresses of other alphabets", async () => {
    const to = "greta@münchen.example"
    const outcome = await transportTo(server.url).send(message({ to }))
    expect(outcome.type).toBe("accepted")
    // smtp-server shows domains as people write them; the wire has ASCII
    expect(server.recipients).toEqual([to])
    expect(server.mails[0]?.raw).toContain("To: greta@xn--mnchen-3ya.example")
  })

  it.each([550, 552, 501])(
    "is refused if the server refuses the recipient permanently: %d",
    async (code) => {
      server.onRcpt = () => ({ code, message: "no such user" })
      expect(await transportTo(server.url).send(message())).toEqual({
        type: "refused",
        response: expect.stringMatching(`^${code} .*no such user`) as string,
      })
      expect(server.mails).toEqual([])
    }
  )

  it.each([450, 451, 452, 421])(
    "is deferred if the server refuses the recipient temporarily: %d",
    async (code) => {
      server.onRcpt = () => ({ code, message: "greylisted" })
      expect(await transportTo(server.url).send(message())).toEqual({
        type: "deferred",
        response: expect.stringMatching(`^${code} .*greylisted`) as string,
      })
    }
  )

  it.each([
    [554, "refused"],
    [452, "deferred"],
  ] as const)("is, if %d follows its last line, %s", async (code, type) => {
    server.onData = () => ({ code, message: "about the content" })
    const outcome = await transportTo(server.url).send(message())
    expect(outcome.type).toBe(type)
    expect(outcome.response).toContain("about the content")
  })

  it("is deferred if the server falls silent in the middle", async () => {
    let answer: () => void = () => undefined
    server.onData = () =>
      new Promise((resolve) => (answer = () => resolve(undefined)))
    const transport = transportTo(server.url, { sendTimeoutMs: 200 })
    expect(await transport.send(message())).toMatchObject({ type: "deferred" })
    answer()
  })

  it("is never sent after it was given up", async () => {
    let release: () => void = () => undefined
    const isSlow = new Promise<undefined>((resolve) => {
      release = () => resolve(undefined)
    })
    server.onData = () => isSlow
    const transport = transportTo(server.url, {
      concurrency: 1,
      sendTimeoutMs: 1000,
    })
    const to = (name: string) => message({ to: `${name}@example.com` })
    const outcomes = await Promise.all([
      transport.send(to("slow")),
      transport.send(to("waits")),
      transport.send(to("waits-too")),
    ])
    const late = "no connection was free in time"
    expect(outcomes).toEqual([
      { type: "deferred", response: "no response within 1 s" },
      { type: "deferred", response: late },
      { type: "deferred", response: late },
    ])
    release()
    server.onData = undefined
    expect((await transport.send(to("later"))).type).toBe("accepted")
    expect(server.recipients).toEqual(["slow@example.com", "later@example.com"])
  })

  it("shares few connections with many others", async () => {
    const transport = transportTo(server.url)
    const sent = Array.from({ length: 50 }, (_, i) =>
      transport.send(message({ to: `guest-${i}@example.com` }))
    )
    const outcomes = (await Promise.all(sent)).map(({ type }) => type)
    expect(new Set(outcomes)).toEqual(new Set(["accepted"]))
    expect(server.mails).toHaveLength(50)
  })

  it.each([
    ["a list", "ann@example.com, eve@evil.example"],
    ["a display name", "Ann <ann@example.com>"],
    [
      "a second recipient in a header",
      "ann@example.com\r\nBcc: eve@evil.example",
    ],
    ["an SMTP command", "ann@example.com>\r\nRCPT TO:<eve@evil.example"],
    ["a quoted list", '"ann@example.com, eve"@evil.example'],
    ["a group", "all:ann@example.com,eve@evil.example;"],
    ["nothing", ""],
  ])("to %s is never sent: no RCPT at all", async (_, to) => {
    expect(await transportTo(server.url).send(message({ to }))).toEqual({
      type: "refused",
      response: "not exactly one plain email address",
    })
    expect(server.recipients).toEqual([])
    expect(server.mails).toEqual([])
  })

  it("names only its own recipient, whatever its parts contain", async () => {
    const transport = transportTo(server.url)
    const dirt = fc
      .array(
        fc.constantFrom(
          "\r\n",
          "\n",
          "\r",
          "Bcc: eve@evil.example",
          "X-Evil: 1",
          "<eve@evil.example>",
          ",",
          ";",
          '"',
          "=?utf-8?q?=0D=0ABcc:_eve@evil.example?=",
          " ",
          "ü",
          "\u2028",
          "\r\n.\r\nRCPT TO:<eve@evil.example>\r\n"
        ),
        { maxLength: 6 }
      )
      .map((parts) => parts.join(""))
    const known = (await headersOf(message())).sort()

    await fc.assert(
      fc.asyncProperty(dirt, dirt, dirt, async (name, subject, text) => {
        const headers = await headersOf(
          message({
            from: mailbox(name, "orders@shop.example"),
            subject: `s${subject}`,
            text,
            html: text,
          })
        )
        expect(headers.sort()).toEqual(known)
        expect(new Set(server.recipients)).toEqual(
          new Set(["greta@example.com"])
        )
      }),
      { numRuns: campaign(20, 100) }
    )

    async function headersOf(sent: Message): Promise<string[]> {
      server.mails.length = 0
      const { type } = await transport.send(sent)
      expect(type).toBe("accepted")
      const [mail] = server.mails
      return [...(mail?.headers.keys() ?? [])]
    }
  })
})

describe("a mail server in trouble", () => {
  let server: Server | undefined
  const peers = new Set<Socket>()
  const listen = async (greet: (peer: Socket) => void) => {
    server = createServer((peer) => {
      peers.add(peer)
      peer.on("error", () => undefined)
      greet(peer)
    })
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    return `smtp://127.0.0.1:${portOf(server)}`
  }
  const stop = async () => {
    peers.forEach((peer) => peer.destroy())
    peers.clear()
    if (!server?.listening) return
    server.close()
    await once(server, "close")
  }
  afterEach(stop)

  it("that does not run defers", async () => {
    const url = await listen(() => undefined)
    await stop()
    expect(await transportTo(url).send(message())).toEqual({
      type: "deferred",
      response: expect.stringContaining("ECONNREFUSED") as string,
    })
  })

  it("whose name is not known defers", async () => {
    const url = "smtp://mail.invalid"
    expect(await transportTo(url).send(message())).toMatchObject({
      type: "deferred",
    })
  })

  it("that accepts the connection and says nothing defers in time", async () => {
    const url = await listen(() => undefined)
    const before = Date.now()
    expect(await transportTo(url).send(message())).toMatchObject({
      type: "deferred",
    })
    expect(Date.now() - before).toBeLessThan(5000)
  })

  it("that greets and says nothing more defers in time", async () => {
    const url = await listen((peer) => peer.write("220 hello\r\n"))
    const before = Date.now()
    const transport = transportTo(url, { sendTimeoutMs: 300 })
    expect(await transport.send(message())).toEqual({
      type: "deferred",
      response: expect.stringMatching(
        /Timeout|no response within 0\.3 s/
      ) as string,
    })
    expect(Date.now() - before).toBeLessThan(5000)
  })

  it("that hangs up defers", async () => {
    const url = await listen((peer) => peer.destroy())
    const { type, response } = await transportTo(url).send(message())
    expect(type).toBe("deferred")
    expect(response).not.toMatch(/no response within/)
    // Once per attempt: the courier makes the next one.
    expect(peers.size).toBe(1)
  })

  it("that is silent is cut off", async () => {
    const closed: Promise<unknown>[] = []
    const url = await listen((peer) => {
      peer.resume()
      closed.push(once(peer, "close"))
    })
    await transportTo(url).send(message())
    expect(closed).toHaveLength(1)
    await Promise.all(closed)
  })

  it("that does not speak SMTP defers", async () => {
    const url = await listen((peer) => peer.end("HTTP/1.1 400 Bad\r\n\r\n"))
    expect(await transportTo(url).send(message())).toMatchObject({
      type: "deferred",
    })
  })

  it("that greets with 554 defers: it does not concern this mail", async () => {
    const url = await listen((peer) => peer.end("554 no service\r\n"))
    expect(await transportTo(url).send(message())).toEqual({
      type: "deferred",
      response: expect.stringContaining("554 no service") as string,
    })
  })

  it("sees no connection for a poisoned recipient", async () => {
    const url = await listen(() => undefined)
    await transportTo(url).send(message({ to: "a@b.example,c@d.example" }))
    expect(peers.size).toBe(0)
  })

  it("that comes back gets the next mail", async () => {
    const url = await listen(() => undefined)
    const port = portOf(server as Server)
    await stop()
    const transport = transportTo(url)
    expect(await transport.send(message())).toMatchObject({ type: "deferred" })
    const again = await startMailServer(port)
    expect(await transport.send(message())).toMatchObject({ type: "accepted" })
    expect(again.mails).toHaveLength(1)
    await again.stop()
  })
})

describe("a mail server with rules", () => {
  let server: SMTPServer
  const listen = async (options: SMTPServerOptions) => {
    server = new SMTPServer({
      disableReverseLookup: true,
      closeTimeout: 100,
      hideSTARTTLS: true,
      ...options,
    })
    server.on("error", () => undefined)
    server.listen(0, "127.0.0.1")
    await once(server.server, "listening")
    return portOf(server.server)
  }
  afterEach(() => new Promise<void>((resolve) => server.close(resolve)))

  it("that refuses the login defers: the shop can correct that", async () => {
    const port = await listen({
      allowInsecureAuth: true,
      onAuth: (_auth, _session, callback) =>
        callback(new Error("bad credentials")),
    })
    const url = `smtp://user:pa55word@127.0.0.1:${port}`
    const outcome = await transportTo(url).send(message())
    expect(outcome).toEqual({
      type: "deferred",
      response: expect.stringMatching(/^535 /) as string,
    })
    expect(outcome.response).not.toContain("pa55word")
  })

  const refusingSender = (responseCode: number, message: string) =>
    listen({
      disabledCommands: ["AUTH"],
      onMailFrom: (_address, _session, callback) =>
        callback(Object.assign(new Error(message), { responseCode })),
    })
  const ways: [string, (port: number) => MailerSource][] = [
    ["a connection of its own", (port) => ({ host: "127.0.0.1", port })],
    ["nodemailer's pool", (port) => withOAuth(port)],
    [
      "a ready transporter",
      (port) => nodemailer.createTransport({ host: "127.0.0.1", port }),
    ],
    [
      "a ready pool",
      (port) => {
        const options = { host: "127.0.0.1", port, pool: true as const }
        const pool = nodemailer.createTransport(options)
        opened.push(pool)
        return pool
      },
    ],
  ]

  it.each(ways)(
    "that refuses the sender defers over %s: the shop can correct that",
    async (_, sourceTo) => {
      const port = await refusingSender(553, "5.7.1 not yours")
      const outcome = {
        type: "deferred",
        response:
          "the mail server refuses the sender orders@shop.example (check the option from): 553 5.7.1 not yours",
      }
      const transport = transportTo(sourceTo(port))
      expect(await transport.send(message())).toEqual(outcome)
      expect(await transport.send(message())).toEqual(outcome)
    }
  )

  it.each([550, 552, 554])(
    "that refuses the sender with %d defers",
    async (code) => {
      const port = await refusingSender(code, "no")
      const transport = transportTo(`smtp://127.0.0.1:${port}`)
      const { type, response } = await transport.send(message())
      expect(type).toBe("deferred")
      expect(response).toContain(`(check the option from): ${code} no`)
    }
  )

  it("that wants a login before it hears the sender defers, and names the transport", async () => {
    const port = await refusingSender(530, "5.7.0 Authentication required")
    const transport = transportTo(`smtp://127.0.0.1:${port}`)
    expect(await transport.send(message())).toEqual({
      type: "deferred",
      response:
        "the mail server refuses the sender orders@shop.example (check the option transport): 530 5.7.0 Authentication required",
    })
  })

  it("that refuses the sender for a while defers with its own words", async () => {
    const port = await refusingSender(451, "try later")
    const transport = transportTo(`smtp://127.0.0.1:${port}`)
    expect(await transport.send(message())).toEqual({
      type: "deferred",
      response: "451 try later",
    })
  })

  it.each(ways)(
    "that refuses the recipient refuses over %s",
    async (_, sourceTo) => {
      const port = await listen({
        disabledCommands: ["AUTH"],
        onRcptTo: (_address, _session, callback) =>
          callback(Object.assign(new Error("nobody"), { responseCode: 550 })),
      })
      expect(await transportTo(sourceTo(port)).send(message())).toEqual({
        type: "refused",
        response: expect.stringContaining("550 nobody") as string,
      })
    }
  )

  it.each([1, 3])(
    "sees at most %d connections at once",
    async (concurrency) => {
      let open = 0
      let most = 0
      let total = 0
      const port = await listen({
        authOptional: true,
        onConnect: (_session, callback) => {
          total += 1
          open += 1
          most = Math.max(most, open)
          callback()
        },
        onClose: () => (open -= 1),
        onData: (stream, _session, callback) => {
          stream.resume()
          stream.once("end", () => callback())
        },
      })
      const transport = transportTo(
        { host: "127.0.0.1", port, maxConnections: 50, pool: false },
        { concurrency }
      )
      await Promise.all(
        Array.from({ length: 20 }, () => transport.send(message()))
      )
      expect(most).toBe(concurrency)
      // They are used again.
      expect(total).toBe(concurrency)
    }
  )
})

describe("a transport of the shop's own", () => {
  const memory = () => {
    const sent: string[] = []
    const transport = {
      name: "memory",
      version: "1",
      send: (
        mail: { data: { to?: unknown }; message: { getEnvelope(): object } },
        callback: (error: Error | null, info: object) => void
      ) => {
        sent.push(JSON.stringify(mail.message.getEnvelope()))
        callback(null, { response: "kept in memory" })
      },
    }
    return { sent, transport }
  }
  const ENVELOPE = '{"from":"orders@shop.example","to":["greta@example.com"]}'

  it("may be a nodemailer transport, an object with send", async () => {
    const { sent, transport } = memory()
    expect(await transportTo(transport).send(message())).toEqual({
      type: "accepted",
      response: "kept in memory",
    })
    expect(sent).toEqual([ENVELOPE])
  })

  it("may be a nodemailer transporter", async () => {
    const { sent, transport } = memory()
    const transporter = nodemailer.createTransport(transport)
    expect(await transportTo(transporter).send(message())).toEqual({
      type: "accepted",
      response: "kept in memory",
    })
    expect(sent).toEqual([ENVELOPE])
  })

  it("may be another kind of nodemailer's, without a response", async () => {
    expect(await transportTo({ jsonTransport: true }).send(message())).toEqual({
      type: "accepted",
      response: "accepted",
    })
  })

  it("is made once, for the first mail, and again after a close", async () => {
    let asked = 0
    const transport = new SmtpTransport(
      () => {
        asked += 1
        return memory().transport
      },
      SETTINGS,
      silentLogger
    )
    expect(asked).toBe(0)
    await transport.send(message())
    await transport.send(message())
    expect(asked).toBe(1)
    transport.close()
    await transport.send(message())
    expect(asked).toBe(2)
  })

  it.each([
    ["its function throws", () => boom(new Error("no credentials yet"))],
    ["its function returns nothing", () => undefined as unknown as object],
    [
      "it throws",
      () => ({ sendMail: () => boom(new Error("no credentials yet")) }),
    ],
    ["it fails with a text", () => ({ sendMail: () => reject("no network") })],
    [
      "it fails with a number for a code, as HTTP clients do",
      () => ({
        sendMail: () =>
          boom(Object.assign(new Error("no credentials yet"), { code: 503 })),
      }),
    ],
    ["it never answers", () => ({ sendMail: () => new Promise(() => null) })],
  ])("defers and never throws if %s", async (_, source) => {
    const limits = { ...SETTINGS, sendTimeoutMs: 50 }
    const transport = new SmtpTransport(source, limits, silentLogger)
    const { type, response } = await transport.send(message())
    expect(type).toBe("deferred")
    expect(response).toMatch(
      /^(no credentials yet|no network|no response within 0.05 s|transport: .* returned undefined; expected .*)$/
    )
  })

  it("that throws is logged with its stack and its cause", async () => {
    const logger = recordingLogger()
    const source = () => ({
      sendMail: () =>
        boom(
          Object.assign(new TypeError("mail.personalize is not a function"), {
            cause: new Error("template 7 is gone"),
          })
        ),
    })
    await new SmtpTransport(source, SETTINGS, logger).send(message())
    expect(logger.lines).toHaveLength(1)
    expect(logger.lines[0]).toMatch(
      /^error: order-claim: the transport failed: TypeError: mail\.personalize is not a function\n +at .*smtp\.spec/
    )
    expect(logger.lines[0]).toContain("caused by: Error: template 7 is gone")
  })

  it("logs nothing if the network fails", async () => {
    const logger = recordingLogger()
    const nowhere = { host: "127.0.0.1", port: 9 }
    await new SmtpTransport(() => nowhere, SETTINGS, logger).send(message())
    const limits = { ...SETTINGS, sendTimeoutMs: 50 }
    const silent = { sendMail: () => new Promise(() => null) }
    await new SmtpTransport(() => silent, limits, logger).send(message())
    expect(logger.lines).toEqual([])
  })

  it("is made again after its function has failed", async () => {
    let isReady = false
    const transport = new SmtpTransport(
      () => {
        if (!isReady) throw new Error("not yet")
        return memory().transport
      },
      SETTINGS,
      silentLogger
    )
    expect((await transport.send(message())).type).toBe("deferred")
    isReady = true
    expect((await transport.send(message())).type).toBe("accepted")
  })

  function boom(error: Error): never {
    throw error
  }
  function reject(text: string): Promise<never> {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    return Promise.reject(text)
  }
})

describe("the transport of the options", () => {
  const settingsWith = (transport: unknown) =>
    ({ transport, delivery: SETTINGS }) as TransportSettings

  it("is the log by default", () => {
    expect(
      createTransport(settingsWith(undefined), {}, silentLogger)
    ).toBeInstanceOf(LogTransport)
  })

  it("is made by their function from the shop's container", async () => {
    const container = { mailer: { jsonTransport: true } }
    const given: unknown[] = []
    const option = (argument: typeof container) => {
      given.push(argument)
      return argument.mailer
    }
    const transport = createTransport(
      settingsWith(option),
      container,
      silentLogger
    )
    expect(given).toEqual([])
    expect((await transport.send(message())).type).toBe("accepted")
    expect(given).toEqual([container])
  })

  it("is SMTP for a URL and for options", async () => {
    const server = await startMailServer()
    const options = { host: "127.0.0.1", port: server.port }
    for (const option of [server.url, options]) {
      const transport = createTransport(settingsWith(option), {}, silentLogger)
      expect((await transport.send(message())).type).toBe("accepted")
      transport.close()
    }
    expect(server.mails).toHaveLength(2)
    await server.stop()
  })

  it("loads nodemailer with the first mail, not with the plugin", async () => {
    const loaded: string[] = []
    jest.doMock("nodemailer", () => {
      loaded.push("nodemailer")
      return jest.requireActual<object>("nodemailer")
    })
    await jest.isolateModulesAsync(async () => {
      const transports = await import("..")
      const settings = settingsWith({ jsonTransport: true })
      const transport = transports.createTransport(settings, {}, silentLogger)
      expect(loaded).toEqual([])
      await transport.send(message({ to: "poisoned@a.example,b@b.example" }))
      expect(loaded).toEqual([])
      await transport.send(message())
      await transport.send(message())
      expect(loaded).toEqual(["nodemailer"])
    })
  })
})
