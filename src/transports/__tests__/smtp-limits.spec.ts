import { once } from "events"
import { AddressInfo, connect, createServer } from "net"
import nodemailer from "nodemailer"
import {
  MailServer,
  startMailServer,
} from "../../../integration-tests/stock-store/mail-server"
import { silentLogger } from "../../values/__tests__/loggers"
import type { MailerSource } from "../mailer"
import { SmtpTransport } from "../smtp"
import type { TransportLimits } from "../transport"
import {
  closeOpened,
  message,
  opened,
  SETTINGS,
  transportTo,
  withOAuth,
} from "./sending"

// Measures times: it runs after the others (jest.config.js).

const to = (name: string | number) =>
  message({ to: `${name}@example.com`, messageId: `<${name}@shop.example>` })

const poolOf = (options: object) => {
  const pool = nodemailer.createTransport({ ...options, pool: true as const })
  opened.push(pool)
  return pool
}

let server: MailServer
beforeEach(async () => {
  server = await startMailServer()
})
afterEach(async () => {
  closeOpened()
  await server.stop()
})

/** Keeps the server from answering, until the returned function is called. */
const silence = (): (() => void) => {
  let release: () => void = () => undefined
  const isOver = new Promise<undefined>((resolve) => {
    release = () => resolve(undefined)
  })
  server.onData = () => isOver
  return release
}

const sendInTurn = async (transport: SmtpTransport, name: number) => {
  const turn = await transport.turn()
  const outcome = await transport.send(to(name))
  turn.end(true)
  return outcome
}

const arrived = () => server.mails.map(({ envelope }) => envelope.to[0])

it("a mail's time begins when it gets a connection", async () => {
  server.onData = () =>
    new Promise((resolve) => setTimeout(() => resolve(undefined), 600))
  const limits = { concurrency: 1, sendTimeoutMs: 1000 }
  const transport = transportTo(server.url, limits)
  const sent = [transport.send(to("first")), transport.send(to("second"))]
  expect((await Promise.all(sent)).map(({ type }) => type)).toEqual([
    "accepted",
    "accepted",
  ])
})

describe("nodemailer's own limit of connections", () => {
  const ways: [string, (port: number, limits: object) => MailerSource][] = [
    ["options", (port, limits) => ({ host: "127.0.0.1", port, ...limits })],
    [
      "options that need its pool",
      (port, limits) => ({ ...withOAuth(port), ...limits }),
    ],
    [
      "a ready pool",
      (port, limits) => poolOf({ host: "127.0.0.1", port, ...limits }),
    ],
  ]

  it.each(ways)(
    "in %s is kept, if it is the lower one",
    async (_, sourceTo) => {
      let atOnce = 0
      let most = 0
      server.onData = async () => {
        most = Math.max(most, ++atOnce)
        await new Promise((resolve) => setTimeout(resolve, 20))
        atOnce -= 1
        return undefined
      }
      const source = sourceTo(server.port, { maxConnections: 2 })
      const transport = transportTo(source, { concurrency: 5 })
      const sent = Array.from({ length: 8 }, (_, i) => transport.send(to(i)))
      const outcomes = (await Promise.all(sent)).map(({ type }) => type)
      expect(new Set(outcomes)).toEqual(new Set(["accepted"]))
      expect(most).toBe(2)
    }
  )

  it.each(ways)(
    "in %s makes no mail wait in its queue",
    async (_, sourceTo) => {
      const answer = silence()
      const source = sourceTo(server.port, { maxConnections: 1 })
      const transport = transportTo(source, { sendTimeoutMs: 1000 })
      const outcomes = [
        await transport.send(to("silent")),
        ...(await Promise.all([
          transport.send(to("next")),
          transport.send(to("over-next")),
        ])),
      ]
      expect(new Set(outcomes.map(({ type }) => type))).toEqual(
        new Set(["deferred"])
      )
      const tried = new Set(server.recipients)

      server.onData = undefined
      answer()
      await accepted(transport, "later")
      expect(
        server.recipients.filter((address) => !tried.has(address))
      ).toEqual(["later@example.com"])
      expect(new Set(arrived()).size).toBe(arrived().length)
    }
  )

  it.each(ways)(
    "in %s, of mails per connection, keeps none waiting",
    async (_, sourceTo) => {
      const limits = { maxConnections: 1, maxMessages: 1 }
      const transport = transportTo(sourceTo(server.port, limits))
      const sent = Array.from({ length: 5 }, (_, i) => transport.send(to(i)))
      const outcomes = (await Promise.all(sent)).map(({ type }) => type)
      expect(new Set(outcomes)).toEqual(new Set(["accepted"]))
      expect(arrived()).toHaveLength(5)
    }
  )

  /** Sends until the server is reached again. */
  async function accepted(transport: SmtpTransport, name: string) {
    let outcome = await transport.send(to(name))
    for (let i = 0; i < 20 && outcome.type !== "accepted"; i++) {
      outcome = await transport.send(to(name))
    }
    expect(outcome.type).toBe("accepted")
  }
})

it("nodemailer's pool sends nothing again by itself", async () => {
  let isUp = false
  const line = createServer((peer) => {
    peer.on("error", () => undefined)
    if (!isUp) return peer.end()
    const mailServer = connect(server.port, "127.0.0.1")
    mailServer.on("error", () => undefined)
    peer.pipe(mailServer).pipe(peer)
  })
  line.listen(0, "127.0.0.1")
  await once(line, "listening")
  opened.push(line)

  const { port } = line.address() as AddressInfo
  const limits = { concurrency: 1, sendTimeoutMs: 500 }
  const transport = transportTo(withOAuth(port), limits)
  expect(await transport.send(to("given-up"))).toEqual({
    type: "deferred",
    response: "the connection was closed",
  })
  isUp = true
  expect((await transport.send(to("later"))).type).toBe("accepted")
  expect(arrived()).toEqual(["later@example.com"])
})

describe("a rate limit", () => {
  const COUNT = 2
  const WINDOW_MS = 300
  const inOptions = { rateLimit: COUNT, rateDelta: WINDOW_MS }
  const local = { host: "127.0.0.1", ...inOptions }

  it.each<[string, (port: number) => MailerSource, Partial<TransportLimits>]>([
    [
      "in the option",
      (port) => `smtp://127.0.0.1:${port}`,
      { rateLimit: { count: COUNT, windowMs: WINDOW_MS } },
    ],
    ["in options of nodemailer", (port) => ({ ...local, port }), {}],
    [
      "in options that need nodemailer's pool",
      (port) => ({ ...withOAuth(port), ...inOptions }),
      {},
    ],
    [
      "in a URL",
      (port) =>
        `smtp://127.0.0.1:${port}?pool=true&rateLimit=${COUNT}&rateDelta=${WINDOW_MS}`,
      {},
    ],
    ["in a ready pool", (port) => poolOf({ ...local, port }), {}],
    [
      "in a ready transporter",
      (port) => nodemailer.createTransport({ ...local, port } as object),
      {},
    ],
  ])(
    "%s is kept: none is refused, none is sent twice, and waiting takes no time",
    async (_, sourceTo, limits) => {
      const times: number[] = []
      server.onData = () => {
        times.push(performance.now())
        const [before] = times.slice(-COUNT - 1)
        const isEarly =
          times.length > COUNT && performance.now() - (before ?? 0) < WINDOW_MS
        return isEarly ? { code: 451, message: "too many" } : undefined
      }
      const transport = transportTo(sourceTo(server.port), {
        ...limits,
        concurrency: 5,
        sendTimeoutMs: 500,
      })
      const before = performance.now()
      const outcomes = await Promise.all(
        Array.from({ length: 5 }, (_, n) => sendInTurn(transport, n))
      )
      expect(new Set(outcomes.map(({ type }) => type))).toEqual(
        new Set(["accepted"])
      )
      expect(arrived().sort()).toEqual(
        Array.from({ length: 5 }, (_, n) => `${n}@example.com`)
      )
      expect(performance.now() - before).toBeGreaterThan(2 * WINDOW_MS)
    }
  )

  it("of the option and one of the transport both hold", async () => {
    const transport = transportTo(`${server.url}?rateLimit=1&rateDelta=300`, {
      rateLimit: { count: 2, windowMs: 700 },
    })
    const before = performance.now()
    await Promise.all([1, 2].map((n) => sendInTurn(transport, n)))
    expect(performance.now() - before).toBeGreaterThan(300)
    await sendInTurn(transport, 3)
    expect(performance.now() - before).toBeGreaterThan(700)
  })

  it("lasts longer than the connection", async () => {
    const transport = transportTo(`${server.url}?rateLimit=1&rateDelta=500`)
    await sendInTurn(transport, 1)
    transport.close()
    expect(transport.turnsLeft).toBe(0)
    await sendInTurn(transport, 2)
    expect(transport.turnsLeft).toBe(0)
  })

  it("of the transport is known from the first turn on", async () => {
    const transport = transportTo(`${server.url}?rateLimit=3`)
    expect(transport.turnsLeft).toBe(Infinity)
    const turn = await transport.turn()
    expect(transport.turnsLeft).toBe(2)
    turn.end(false)
    expect(transport.turnsLeft).toBe(3)
  })

  it("is waited for no longer than asked", async () => {
    const transport = transportTo(server.url, {
      rateLimit: { count: 1, windowMs: 60_000 },
    })
    await sendInTurn(transport, 1)
    const controller = new AbortController()
    const turn = transport.turn(controller.signal)
    controller.abort()
    await expect(turn).rejects.toMatchObject({ name: "AbortError" })
  })
})

it("a turn waits for one of few connections, however long that takes", async () => {
  server.onData = () =>
    new Promise((resolve) => setTimeout(() => resolve(undefined), 200))
  const source = `${server.url}?maxConnections=1`
  const limits = { concurrency: 5, sendTimeoutMs: 700 }
  const transport = transportTo(source, limits)
  const outcomes = await Promise.all(
    Array.from({ length: 5 }, (_, n) => sendInTurn(transport, n))
  )
  expect(new Set(outcomes.map(({ type }) => type))).toEqual(
    new Set(["accepted"])
  )
})

it("a turn without a transport is given, and the mail says what failed", async () => {
  const source = () => {
    throw new Error("no credentials yet")
  }
  const transport = new SmtpTransport(source, SETTINGS, silentLogger)
  const turn = await transport.turn()
  expect(await transport.send(message())).toEqual({
    type: "deferred",
    response: "no credentials yet",
  })
  turn.end(true)
  expect(transport.turnsLeft).toBe(Infinity)
})
