import { createServer, type Server } from "http"
import type { AddressInfo } from "net"
import {
  MailServer,
  startMailServer,
} from "../../../integration-tests/stock-store/mail-server"
import { parseOptions } from "../../options/settings"
import { backlogFinding, checkDatabase } from "../checks/database"
import { checkEventBus } from "../checks/event-bus"
import { oneLine, print } from "../checks/finding"
import { checkStorefront } from "../checks/storefront"
import { checkSender } from "../checks/sender"
import { doctor } from "../doctor"
import { captureOutput, SHOP, shopConfig } from "./store-folder"

const SECRET = "a jwt secret for tests, long enough to be one"

describe("doctor", () => {
  let mail: MailServer
  let page: Server
  let pageUrl: string

  beforeAll(async () => {
    mail = await startMailServer()
    page = createServer(({ url }, response) => {
      response.statusCode = url === "/claim" ? 200 : 404
      response.end()
    })
    await new Promise<void>((ready) => page.listen(0, "127.0.0.1", ready))
    const { port } = page.address() as AddressInfo
    pageUrl = `http://127.0.0.1:${port}`
  })
  afterAll(async () => {
    await mail.stop()
    await new Promise((closed) => page.close(closed))
  })

  const examine = async (changes = {}, secret = SECRET) => {
    const lines = captureOutput()
    const claim_url = `${pageUrl}/claim`
    const options = { ...SHOP, claim_url, transport: mail.url, ...changes }
    const project = { jwt_secret: secret }
    const config = shopConfig(
      options,
      `projectConfig: ${JSON.stringify(project)}`
    )
    const end = await doctor({ config }).then(
      () => "fine",
      (error: Error) => error.message
    )
    return { lines, end, about: lineAbout(lines) }
  }
  const lineAbout = (lines: string[]) => (what: string) =>
    lines.find((line) => line.slice(2).startsWith(`${what}:`))

  it("finds a shop in order, and says what it could not check", async () => {
    const { end, lines, about } = await examine()
    expect(end).toBe("fine")
    expect(lines.at(-1)).toBe("Everything is in order.")
    expect(about("options")).toBe("✓ options: all valid")
    expect(about("mail server")).toMatch(/^✓ .*accepts the login$/)
    expect(about("claim_url")).toMatch(/^✓ .*\/claim returned 200$/)
    expect(about("database")).toMatch(/^– .*database_url is not set$/)
    expect(about("sender")).toMatch(/^– .*shop\.example is not a public domain/)
    expect(mail.recipients).toEqual([])
  })

  it("names a bad option, and still checks the rest", async () => {
    const { end, about } = await examine({ link_ttl: "8d" })
    expect(about("options")).toMatch(/^✗ .*link_ttl: .*"8d"/)
    expect(about("projectConfig.jwt_secret")).toMatch(/^✓/)
    expect(about("mail server")).toBeUndefined()
    expect(end).toBe("1 problem, see above")
  })

  it("names each bad option in a line of its own, and counts it", async () => {
    const { end, lines } = await examine({ link_ttl: "8d", claim_urll: "x" })
    const wrong = lines.filter((line) => line.startsWith("✗ options: "))
    expect(wrong).toEqual([
      expect.stringMatching(/^✗ options: link_ttl: expected .*; got "8d"$/),
      "✗ options: claim_urll: there is no such option; did you mean claim_url?",
    ])
    expect(end).toBe("2 problems, see above")
  })

  it.each([
    [
      "a promise",
      "Promise.resolve('smtp://x')",
      /options: transport: .*a promise/,
    ],
    [
      "an async function",
      "async () => ({ host: 'x' })",
      /mail server: .*returned a promise; .*not async: check the option transport$/,
    ],
    [
      "a function that returns nothing",
      "() => {}",
      /mail server: .*returned undefined; .*: check the option transport$/,
    ],
    [
      "SES of an older nodemailer",
      "{ SES: { ses: {}, aws: {} } }",
      /options: transport: expected SES as \{ sesClient, SendEmailCommand \}/,
    ],
    [
      "a function that returns such SES",
      "() => ({ SES: {} })",
      /mail server: .*expected SES as .*: check the option transport$/,
    ],
  ])("names a transport that is %s", async (_, transport, words) => {
    const lines = captureOutput()
    const options = `{ from: "a@shop.example", claim_url: "${pageUrl}/claim",
      transport: ${transport} }`
    const project = `projectConfig: { jwt_secret: "${SECRET}" }`
    const examining = doctor({ config: shopConfig(options, project) })
    await expect(examining).rejects.toThrow("1 problem, see above")
    expect(lines.filter((line) => line.startsWith("✗"))).toEqual([
      expect.stringMatching(words),
    ])
  })

  it("names a mail server that does not answer, without its password", async () => {
    const transport = "smtp://shop:hunter2@127.0.0.1:9"
    const { end, lines, about } = await examine({ transport })
    expect(about("mail server")).toMatch(/^✗ .*ECONNREFUSED.*option transport$/)
    expect(lines.join()).not.toContain("hunter2")
    expect(end).toBe("1 problem, see above")
  })

  it("names a page that does not exist", async () => {
    const { about } = await examine({ claim_url: `${pageUrl}/nowhere` })
    expect(about("claim_url")).toMatch(/^✗ .*\/nowhere returned 404: is that/)
  })

  it("names a storefront that is not running", async () => {
    const { about } = await examine({ claim_url: "http://localhost:9/claim" })
    expect(about("claim_url")).toMatch(/^✗ .*: start your storefront/)
  })

  it.each(["supersecret", "short"])("refuses the secret %j", async (secret) => {
    const { about } = await examine({}, secret)
    expect(about("projectConfig.jwt_secret")).toMatch(
      /^✗ .*32 random characters \(openssl rand -hex 32\)$/
    )
  })

  it("counts all problems", async () => {
    const { end } = await examine(
      { transport: "smtp://127.0.0.1:9", claim_url: `${pageUrl}/nowhere` },
      "short"
    )
    expect(end).toBe("3 problems, see above")
  })

  it("skips a transport that needs the store", async () => {
    const lines = captureOutput()
    const options = `{ from: "a@shop.example", claim_url: "${pageUrl}/claim",
      transport: (container) => container.resolve("mail") }`
    const project = `projectConfig: { jwt_secret: "${SECRET}" }`
    await doctor({ config: shopConfig(options, project) })
    expect(lineAbout(lines)("mail server")).toMatch(/^– .*without the store/)
  })
})

describe("the check of the storefront", () => {
  const check = (storefront: unknown, order?: string, projectConfig = {}) =>
    checkStorefront(
      parseOptions({ ...SHOP, ...(storefront ? { storefront } : {}) }),
      { projectConfig },
      order
    )

  it("is left out in a shop without the option", async () => {
    const { chosen, finding } = await check(undefined)
    expect(finding).toBeUndefined()
    expect(chosen.claimUrl).toBe(SHOP.claim_url)
  })

  it("shows what it chooses, which the later checks use", async () => {
    const { chosen, finding } = await check(() => ({
      claim_url: "https://north.example/claim",
      from: "North <orders@north.example>",
      reply_to: "help@north.example",
      brand: { name: "North" },
      locale: "de",
    }))
    expect(finding).toEqual({
      type: "fine",
      what: "storefront",
      detail:
        "for an example order: from North <orders@north.example>, replies to help@north.example, brand North, page https://north.example/claim, language de",
    })
    expect(chosen.claimUrl).toBe("https://north.example/claim")
  })

  it("says that the store's name is the brand's", async () => {
    const { finding } = await check(() => ({}))
    expect(finding!.detail).toContain("brand named after the store")
  })

  const throws = () => {
    throw new Error("no brand for sc_example")
  }
  const asksContainer = (
    _: unknown,
    { productService }: { productService: unknown }
  ) => productService

  it.each([
    [
      "skipped",
      throws,
      /^storefront threw Error: no brand for sc_example \(for an example order; pass one of yours with --order <id>\)$/,
    ],
    [
      "skipped",
      () => undefined,
      /its result: expected an object; got nothing \(for an ex/,
    ],
    [
      "skipped",
      asksContainer,
      /the container has no productService here: only in a store that runs/,
    ],
    ["wrong", () => ({ from: "nobody" }), /from: expected a sender/],
  ])("is %s with %p", async (type, storefront, words) => {
    const { chosen, finding } = await check(storefront)
    expect(finding).toMatchObject({ type, what: "storefront" })
    expect(finding!.detail).toMatch(words)
    expect(chosen.claimUrl).toBe(SHOP.claim_url)
  })

  const AWAY = { database_url: "postgres://shop:hunter2@127.0.0.1:9/shop" }

  it.each([
    [
      "no option",
      undefined,
      {},
      "--order order_1: the option storefront is not set, so the emails of all orders are alike",
    ],
    [
      "no database",
      throws,
      {},
      "--order order_1: the database: projectConfig.database_url is not set",
    ],
    [
      "a database that is away",
      throws,
      AWAY,
      /^--order order_1: the database cannot be queried \(.*ECONNREFUSED/,
    ],
  ])("is wrong for an order with %s", async (_, storefront, project, words) => {
    const { finding } = await check(storefront, "order_1", project)
    expect(finding!.type).toBe("wrong")
    expect(finding!.detail).toMatch(words)
    expect(finding!.detail).not.toContain("hunter2")
  })
})

describe("the check of the database", () => {
  it("refuses what is not PostgreSQL", async () => {
    expect(await checkDatabase({ database_type: "sqlite" })).toEqual([
      {
        ...{ type: "wrong", what: "database" },
        detail: "it is sqlite, and claims need PostgreSQL",
      },
    ])
  })

  it("says if there is none at the address, without the password", async () => {
    const database_url = "postgres://shop:hunter2@127.0.0.1:9/shop"
    const [finding] = await checkDatabase({ database_url })
    const { type, detail } = finding!
    expect(type).toBe("wrong")
    expect(detail).toMatch(/ECONNREFUSED.*check projectConfig\.database_url/)
    expect(detail).not.toContain("hunter2")
  })
})

describe("the backlog", () => {
  const none = {
    ...{ waiting: 0, oldest_s: null, overdue_s: 0 },
    ...{ requested: 0, requested_s: 0, failed: 0, failed_notices: 0 },
  }
  it.each([
    ["✓ backlog: no email is waiting; none failed", {}],
    [
      "✓ backlog: 1 email is waiting, the oldest for 5 minutes; 1 claim failed",
      { waiting: 1, oldest_s: 300, failed: 1 },
    ],
    [
      "✓ backlog: no email is waiting; the orders of 2 claims have yet to be looked up; none failed",
      { requested: 2, requested_s: 500 },
    ],
    [
      '✗ backlog: no email is waiting; the orders of 1 claim have yet to be looked up; none failed; one was asked for 3 days ago, and no server has looked up its orders: is one running, with worker_mode "worker" or "shared"?',
      { requested: 1, requested_s: 3 * 86_400 },
    ],
    [
      "✓ backlog: no email is waiting; notices of 1 claim failed",
      { failed_notices: 1 },
    ],
    [
      "✓ backlog: no email is waiting; 2 claims and notices of 3 claims failed",
      { failed: 2, failed_notices: 3 },
    ],
    [
      '✗ backlog: 3 emails are waiting, the oldest for 2 hours; none failed; one was due 1 hour ago, and no server has sent it: is one running, with worker_mode "worker" or "shared"?',
      { waiting: 3, oldest_s: 7200, overdue_s: 3700 },
    ],
  ])("%s", (line, changes) => {
    expect(print(backlogFinding({ ...none, ...changes }))).toBe(line)
  })
})

describe("the check of the event bus", () => {
  it.each([
    [{}, "Medusa's own choice"],
    [{ eventBus: true }, "Medusa's own choice"],
    [
      { eventBus: "@medusajs/event-bus-local" },
      "event-bus-redis in production",
    ],
    [
      { eventBus: { resolve: "@medusajs/event-bus-redis" } },
      /^@medusajs\/event-bus-redis$/,
    ],
  ])("of %j", (modules, detail) => {
    expect(checkEventBus(modules)).toMatchObject({
      type: "fine",
      detail: expect.stringMatching(detail) as string,
    })
  })
})

describe("the check of the sender", () => {
  const { from } = parseOptions({ ...SHOP, from: "orders@shop.de" })
  const answering = (records: Record<string, string[] | string>) =>
    ({
      resolve: (_: string, type: string) => {
        const found = records[type] ?? "ENODATA"
        return typeof found === "string"
          ? Promise.reject(Object.assign(new Error(found), { code: found }))
          : Promise.resolve(found)
      },
    }) as unknown as NonNullable<Parameters<typeof checkSender>[1]>

  it.each([
    ["fine", { MX: ["mail.shop.de"] }],
    ["fine", { A: ["192.0.2.1"] }],
    ["wrong", {}],
    ["wrong", { MX: "ENOTFOUND", A: "ENOTFOUND", AAAA: "ENOTFOUND" }],
    ["skipped", { MX: "ESERVFAIL" }],
  ])("is %s with %j", async (type, records) => {
    const finding = await checkSender({ from }, answering(records))
    expect(finding.type).toBe(type)
    expect(finding.detail).toMatch(/shop\.de|DNS/)
  })
})

describe("an error in one line", () => {
  it.each([
    [new Error("a\nb\t c"), "a b c"],
    [Object.assign(new Error(""), { code: "ECONNREFUSED" }), "ECONNREFUSED"],
    ["a string", "a string"],
    [new Error("at smtp://me:p/w@host:25"), "at smtp://***@host:25"],
    [undefined, "undefined"],
  ])("%p is %j", (error, line) => {
    expect(oneLine(error)).toBe(line)
  })
})
