import { once } from "events"
import { AddressInfo, connect, createServer } from "net"
import nodemailer from "nodemailer"
import {
  MailServer,
  startMailServer,
} from "../../../integration-tests/stock-store/mail-server"
import type { MailerSource } from "../mailer"
import type { SmtpTransport } from "../smtp"
import { closeOpened, message, opened, transportTo, withOAuth } from "./sending"

// Measures times: it runs alone (jest.config.js).

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

const arrived = () => server.mails.map(({ envelope }) => envelope.to[0])

it("a mail's time begins when it gets a connection", async () => {
  server.onData = () =>
    new Promise((resolve) => setTimeout(() => resolve(undefined), 1000))
  const limits = { concurrency: 1, sendTimeoutMs: 1700 }
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
      "a URL",
      (port, limits) => {
        const query = new URLSearchParams(Object.entries(limits))
        return `smtp://127.0.0.1:${port}?${query.toString()}`
      },
    ],
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
      const transport = transportTo(source, { sendTimeoutMs: 300 })
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
