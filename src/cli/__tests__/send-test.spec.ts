import {
  MailServer,
  startMailServer,
} from "../../../integration-tests/stock-store/mail-server"
import { sendTest } from "../send-test"
import { captureOutput, SHOP, shopConfig } from "./store-folder"

describe("send-test", () => {
  let server: MailServer
  beforeAll(async () => {
    server = await startMailServer()
  })
  afterAll(() => server.stop())
  afterEach(() => {
    server.mails.length = 0
    server.recipients.length = 0
    server.onRcpt = undefined
  })

  const shop = (changes = {}) =>
    shopConfig({ ...SHOP, transport: server.url, locale: "de", ...changes })
  const to = "you@shop.example"

  it("sends one mail through the shop's transport, and prints the response", async () => {
    const printed = captureOutput()
    await sendTest({ config: shop({ reply_to: "help@shop.example" }), to })

    const [mail] = await server.waitForMails(1)
    expect(mail?.envelope).toEqual({ from: "orders@shop.example", to: [to] })
    expect(mail?.headers.get("reply-to")).toMatchObject({
      value: [{ address: "help@shop.example" }],
    })
    expect(mail?.html).toContain('lang="de"')
    expect(mail?.text).toContain(
      "https://shop.example/claim?token=this-is-an-example-and-no-token"
    )
    expect(server.mails).toHaveLength(1)
    expect(printed).toEqual([
      `Sending to ${to} …`,
      expect.stringMatching(/^Sent: 250 /),
    ])
  })

  it("sends in another language if asked to", async () => {
    captureOutput()
    await sendTest({ config: shop(), to, locale: "ja" })
    const [mail] = await server.waitForMails(1)
    expect(mail?.html).toContain('lang="ja"')
  })

  const inNorth = () =>
    shopConfig(`{ from: "a@shop.example", transport: "${server.url}",
      storefront: async () => ({ from: "North <orders@north.example>",
        claim_url: "https://north.example/claim", locale: "fr",
        brand: { name: "North" } }) }`)

  it("sends the mail of the storefront that the shop's function chooses", async () => {
    captureOutput()
    await sendTest({ config: inNorth(), to })
    const [mail] = await server.waitForMails(1)
    expect(mail?.envelope.from).toBe("orders@north.example")
    expect(mail?.subject).toMatch(/^North/)
    expect(mail?.html).toContain('lang="fr"')
    expect(mail?.text).toContain("https://north.example/claim?token=")
  })

  it("sends in the language that is asked for, whatever that function chooses", async () => {
    captureOutput()
    await sendTest({ config: inNorth(), to, locale: "ja" })
    const [mail] = await server.waitForMails(1)
    expect(mail?.html).toContain('lang="ja"')
  })

  it("sends the mail to the claimant's own address if asked to", async () => {
    captureOutput()
    await sendTest({ config: shop(), to, locale: "en", ownAddress: true })
    const [mail] = await server.waitForMails(1)
    expect(mail?.subject).toContain("Add order #1042 to your account?")
    expect(mail?.text).toContain(
      "An account with this email address was opened on November 21, 2026."
    )
  })

  it("sends what the shop's options say about a login", async () => {
    captureOutput()
    const config = shop({ require_login: true })
    await sendTest({ config, to, locale: "en" })
    const [mail] = await server.waitForMails(1)
    expect(mail?.text).toContain("To agree, you need to log in")
  })

  it("refuses an unknown language, and sends nothing", async () => {
    const printed = captureOutput()
    await expect(
      sendTest({ config: shop(), to, locale: "xx" })
    ).rejects.toThrow("--locale xx: expected a language such as de")
    expect(printed).toEqual([])
    expect(server.recipients).toEqual([])
  })

  it.each([
    ["the recipient was refused", 550],
    ["the recipient was not accepted for now", 451],
  ])("says that %s, with the server's words", async (what, code) => {
    captureOutput()
    server.onRcpt = () => ({ code, message: "nobody of that name" })
    await expect(sendTest({ config: shop(), to })).rejects.toThrow(
      new RegExp(`^not sent: ${what} \\(${code} .*nobody of that name\\): `)
    )
  })

  it("says if there is no mail server, without the password", async () => {
    const printed = captureOutput()
    const transport = "smtp://shop:hunter2@127.0.0.1:9"
    const failure = await sendTest({ config: shop({ transport }), to }).then(
      () => "sent",
      (error: Error) => error.message
    )
    expect(failure).toMatch(
      /^not sent: the connection was refused \(.*ECONNREFUSED.*\): .*option transport$/
    )
    expect([failure, ...printed].join()).not.toContain("hunter2")
  })

  it.each([
    ["is async", "async () => ({ host: 'x' })", /returned a promise/],
    ["is of an older SES", "() => ({ SES: { ses: {} } })", /expected SES as/],
    ["throws", "() => { throw new Error('no key') }", /no key/],
    [
      "needs the store",
      "({ logger }) => logger.transport()",
      /needs the store, so it cannot be tried from here/,
    ],
  ])("says in one line if the transport %s", async (_, transport, words) => {
    const printed = captureOutput()
    const config = shopConfig(
      `{ ...${JSON.stringify(SHOP)}, transport: ${transport} }`
    )
    await expect(sendTest({ config, to })).rejects.toThrow(words)
    expect(printed).toEqual([`Sending to ${to} …`])
  })

  it.each(["you", "a@shop.example, b@shop.example", "You <you@shop.example>"])(
    "refuses --to %s",
    async (bad) => {
      captureOutput()
      await expect(sendTest({ config: shop(), to: bad })).rejects.toThrow(
        `--to ${bad}: expected one address such as you@shop.example`
      )
      expect(server.recipients).toEqual([])
    }
  )

  it("writes the mail to the screen where no transport is set", async () => {
    const printed = captureOutput()
    await sendTest({ config: shopConfig(SHOP), to })
    expect(printed.join("\n")).toContain(`To: ${to}\nSubject: `)
    expect(printed.at(-1)).toBe("Sent: written to the log")
  })

  it("needs a store", async () => {
    await expect(sendTest({ config: "no-such-file.js", to })).rejects.toThrow(
      "there is no no-such-file.js here: run this in your store's folder"
    )
  })
})
