import { createServer, type AddressInfo, type Server } from "net"
import { SMTPServer, type SMTPServerOptions } from "smtp-server"
import { silentLogger } from "../../values/__tests__/loggers"
import { explainFailure } from "../explain-failure"
import type { MailerSource } from "../mailer"
import { SmtpTransport } from "../smtp"
import { message } from "./sending"

const LIMITS = {
  ...{ concurrency: 1, connectionTimeoutMs: 1000, sendTimeoutMs: 2000 },
}
const servers: (Server | SMTPServer)[] = []
afterEach(() =>
  Promise.all(
    servers
      .splice(0)
      .map((server) => new Promise<void>((done) => server.close(() => done())))
  )
)

const listen = async (options: SMTPServerOptions) => {
  const server = new SMTPServer({
    ...{ authOptional: true, logger: false, disableReverseLookup: true },
    ...{ disabledCommands: ["AUTH", "STARTTLS"], closeTimeout: 50 },
    ...options,
  })
  server.on("error", () => undefined)
  servers.push(server)
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
  return (server.server.address() as AddressInfo).port
}
const refusal = (responseCode: number, words: string) =>
  Object.assign(new Error(words), { responseCode })

/** Sends a mail in vain, and explains it. */
const explained = async (source: MailerSource | (() => unknown)) => {
  let failure: unknown
  const make = typeof source === "function" ? source : () => source
  const transport = new SmtpTransport(
    make as () => MailerSource,
    LIMITS,
    silentLogger,
    (error) => (failure = error)
  )
  const { type } = await transport.send(message())
  transport.close()
  expect(type).not.toBe("accepted")
  return explainFailure(failure)
}

describe("a mail that was not sent, because", () => {
  it("nothing listens there", async () => {
    expect(await explained("smtp://shop:hunter2@127.0.0.1:9")).toMatch(
      /^the connection was refused \(.*ECONNREFUSED.*\): .*host and port in the option transport$/
    )
  })

  it("the name is unknown", async () => {
    expect(await explained("smtp://no-such-host.invalid")).toMatch(
      /^the mail server's name was not found \(.*\): check the host in the option transport$/
    )
  })

  it("nothing is answered", async () => {
    const silent = createServer((socket) => socket.on("error", () => undefined))
    const sockets: { destroy(): void }[] = []
    silent.on("connection", (socket) => sockets.push(socket))
    servers.push(silent)
    await new Promise<void>((ready) => silent.listen(0, "127.0.0.1", ready))
    const { port } = silent.address() as AddressInfo
    const words = await explained(`smtp://127.0.0.1:${port}`)
    sockets.forEach((socket) => socket.destroy())
    expect(words).toMatch(
      /^the mail server did not respond in time \(.*\): check/
    )
  })

  it("the server speaks TLS later, or not at all", async () => {
    const port = await listen({})
    expect(await explained(`smtps://127.0.0.1:${port}`)).toMatch(
      /^no encrypted connection could be established \(.*\): .*465.*option transport$/
    )
  })

  it("its certificate is its own", async () => {
    const port = await listen({ secure: true })
    expect(await explained(`smtps://127.0.0.1:${port}`)).toMatch(
      /^the mail server's certificate is not trusted \(.*\): check .*option transport/
    )
  })

  it("the login is wrong, without the password", async () => {
    const port = await listen({
      ...{ disabledCommands: ["STARTTLS"], allowInsecureAuth: true },
      onAuth: (_auth, _session, callback) =>
        callback(refusal(535, "5.7.8 bad credentials")),
    })
    const words = await explained(`smtp://shop:hunter2@127.0.0.1:${port}`)
    expect(words).toMatch(
      /^the login was refused \(535 5\.7\.8 bad credentials\): check user and password in the option transport/
    )
    expect(words).not.toContain("hunter2")
  })

  it.each([
    [530, /^the mail server requires a login \(530 no\): .*option transport$/],
    [553, /^the sender was refused \(553 no\): check the option from/],
  ])("the sender is answered with %d", async (code, words) => {
    const port = await listen({
      onMailFrom: (_address, _session, callback) =>
        callback(refusal(code, "no")),
    })
    expect(await explained(`smtp://127.0.0.1:${port}`)).toMatch(words)
  })

  it.each([
    [550, "no such user", /^the recipient was refused \(550 no such user\)/],
    [554, "5.7.1 Relay access denied", /^the mail server requires a login \(/],
    [450, "greylisted", /^the recipient was not accepted for now \(450 greyl/],
  ])("the recipient is answered with %d %s", async (code, reply, words) => {
    const port = await listen({
      onRcptTo: (_address, _session, callback) =>
        callback(refusal(code, reply)),
    })
    expect(await explained(`smtp://127.0.0.1:${port}`)).toMatch(words)
  })

  it("the content is refused", async () => {
    const port = await listen({
      onData: (stream, _session, callback) => {
        stream
          .resume()
          .on("end", () => callback(refusal(554, "looks like spam")))
      },
    })
    expect(await explained(`smtp://127.0.0.1:${port}`)).toMatch(
      /^the mail server refused the mail itself \(554 looks like spam\): /
    )
  })

  it.each([
    [() => Promise.resolve({ host: "x" }), /returned a promise; .*not async\)/],
    [
      () => Promise.reject(new Error("no")),
      /returned a promise; .*not async\)/,
    ],
    [() => undefined, /returned undefined; expected a nodemailer/],
    [() => 25, /returned a number; expected a nodemailer/],
    [() => ({ SES: { ses: {}, aws: {} } }), /expected SES as \{ sesClient/],
  ])("the function is wrong: %p", async (source, words) => {
    const explanation = await explained(source)
    expect(explanation).toMatch(/^the transport failed \(.*option transport$/)
    expect(explanation).toMatch(words)
  })
})
