import fc from "fast-check"
import { campaign } from "../../../integration-tests/campaign"
import type { OrderClaimOptions } from "../options"
import { InvalidOptions } from "../problems"
import type { Environment } from "../conflicts"
import { parseOptions } from "../settings"

const SHOP = {
  claim_url: "https://shop.example/claim",
  from: "Hill & Valley <orders@shop.example>",
  transport: "smtp://user:pa55word@mail.example:587",
}
const PRODUCTION = { NODE_ENV: "production" }
const DEVELOPMENT = { NODE_ENV: "development" }
const MINUTE = 60_000
const HOUR = 60 * MINUTE

const parse = (changes: object = {}, env: Environment = DEVELOPMENT) =>
  parseOptions({ ...SHOP, ...changes }, env)

const messageFor = (
  options: unknown,
  env: Environment = DEVELOPMENT
): string => {
  try {
    parseOptions(options, env)
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidOptions)
    return (error as Error).message
  }
  throw new Error("these options were accepted")
}
const problemWith = (changes: object, env: Environment = DEVELOPMENT) =>
  messageFor({ ...SHOP, ...changes }, env)

describe("three options", () => {
  it("are enough, in production too", () => {
    expect(parse({}, PRODUCTION)).toEqual({
      claimUrl: "https://shop.example/claim",
      hostsPage: false,
      tokenParam: "token",
      from: { name: "Hill & Valley", address: "orders@shop.example" },
      replyTo: undefined,
      transport: "smtp://user:pa55word@mail.example:587",
      brand: { color: "#111827" },
      locale: "en",
      storefront: undefined,
      templates: { texts: {} },
      linkTtlMs: 24 * HOUR,
      limits: {
        perRecipient: [
          { count: 5, windowMs: HOUR },
          { count: 10, windowMs: 24 * HOUR },
        ],
        perCustomer: [{ count: 20, windowMs: HOUR }],
      },
      delivery: {
        concurrency: 5,
        rateLimit: undefined,
        giveUpAfterMs: 24 * HOUR,
        connectionTimeoutMs: 5000,
        sendTimeoutMs: 10_000,
        firstRetryMs: 2000,
        longestRetryMs: 3 * MINUTE,
        leaseMs: 15_000,
      },
      revertTtlMs: 604_800_000,
      offerAfterRegistration: false,
      guestOrdersOnly: true,
      requireLogin: false,
      notifyOnConfirm: true,
      retentionMs: false,
      resendTo: "any",
    })
  })

  it("are not enough without from", () => {
    expect(problemWith({ from: undefined })).toMatch(
      /^ {2}from: expected .+; got nothing$/m
    )
  })

  it("are missing from a shop that gives none", () => {
    const message = messageFor(undefined)
    expect(message).toMatch(
      /^medusa-plugin-order-claim: invalid options in medusa-config\.js:\n/
    )
    expect(message).toMatch(/^ {2}from: /m)
    expect(message).not.toMatch(/transport|claim_url/)
  })
})

describe("a shop without a page of its own", () => {
  const hosted = (changes: object = {}, env: Environment = DEVELOPMENT) =>
    parse({ claim_url: undefined, ...changes }, env)
  const problem = (changes: object = {}, env: Environment = DEVELOPMENT) =>
    problemWith({ claim_url: undefined, ...changes }, env)

  it("gets the hosted one, on the machine it runs on", () => {
    expect(hosted()).toMatchObject({
      claimUrl: "http://localhost:9000/order-claim",
      hostsPage: true,
    })
  })

  it.each([
    ["https://api.shop.example", "https://api.shop.example/order-claim"],
    ["https://shop.example/api/", "https://shop.example/api/order-claim"],
    [
      "https://shop.example/api?a=1",
      "https://shop.example/api/order-claim?a=1",
    ],
  ])("finds it under backend_url %s", (backend_url, claimUrl) => {
    expect(hosted({ backend_url }).claimUrl).toBe(claimUrl)
    const env = { MEDUSA_BACKEND_URL: backend_url }
    expect(hosted({}, env).claimUrl).toBe(claimUrl)
    expect(
      hosted({ backend_url }, { MEDUSA_BACKEND_URL: "https://other.example" })
        .claimUrl
    ).toBe(claimUrl)
  })

  it("must say where customers reach it in production", () => {
    expect(problem({}, PRODUCTION)).toMatch(
      /^ {2}backend_url: expected the public URL of this server.+; got nothing$/m
    )
    expect(
      problem({ backend_url: "http://localhost:9000" }, PRODUCTION)
    ).toMatch(/^ {2}backend_url: expected the public URL/m)
  })

  it("must not say nonsense", () => {
    expect(problem({ backend_url: "shop.example" })).toMatch(
      /^ {2}backend_url: expected an http\(s\) URL .+; got "shop\.example"$/m
    )
    expect(problem({}, { MEDUSA_BACKEND_URL: "shop.example" })).toMatch(
      /^ {2}backend_url: expected .+MEDUSA_BACKEND_URL/m
    )
  })

  it("can ask for a login: it checks the password itself", () => {
    const options = { from: "a@shop.example", require_login: true }
    expect(parseOptions(options, {})).toMatchObject({
      hostsPage: true,
      requireLogin: true,
    })
  })
})

describe("every option", () => {
  it("is taken over", () => {
    const storefront = () => ({})
    const transport = () => ({})
    const template = () => ({ subject: "", html: "", text: "" })
    const options: Required<OrderClaimOptions> = {
      claim_url: "https://shop.example",
      backend_url: "https://api.shop.example",
      from: "orders@shop.example",
      transport,
      token_param: "claim",
      reply_to: "Support <help@shop.example>",
      brand: {
        name: "Hill & Valley",
        url: "https://shop.example",
        logo_url: "https://shop.example/logo.png",
        color: "#1F6FEB",
        support_email: "help@shop.example",
        address: "Hauptstr. 1\n10115 Berlin",
      },
      locale: "de_at",
      storefront,
      templates: {
        texts: { "de-AT": { "request.button": "Jo eh" } },
        folder: __dirname,
        "claim-request": template,
        "claim-confirmed": template,
      },
      link_ttl: "7d",
      limits: {
        per_recipient: "1/30s",
        per_customer: ["1/1s", "20/1h", "30/1d", "40/7d", "1000/30d"],
      },
      delivery: {
        concurrency: 50,
        rate_limit: "10/1s",
        give_up_after: "90s",
        connection_timeout: "30s",
        send_timeout: "1s",
        first_retry: "10m",
        longest_retry: "1h",
        lease: "2s",
      },
      revert_ttl: false,
      offer_after_registration: true,
      guest_orders_only: false,
      require_login: true,
      notify_on_confirm: false,
      retention: "1y",
      resend_to: "order_email",
      enableUI: true,
    }
    expect(parseOptions(options, PRODUCTION)).toEqual({
      claimUrl: "https://shop.example",
      storefront,
      hostsPage: false,
      tokenParam: "claim",
      from: { name: "", address: "orders@shop.example" },
      replyTo: { name: "Support", address: "help@shop.example" },
      transport,
      brand: options.brand,
      locale: "de-AT",
      templates: options.templates,
      linkTtlMs: 7 * 24 * HOUR,
      limits: {
        perRecipient: [{ count: 1, windowMs: 30_000 }],
        perCustomer: [
          { count: 1, windowMs: 1000 },
          { count: 20, windowMs: HOUR },
          { count: 30, windowMs: 24 * HOUR },
          { count: 40, windowMs: 7 * 24 * HOUR },
          { count: 1000, windowMs: 30 * 24 * HOUR },
        ],
      },
      delivery: {
        concurrency: 50,
        rateLimit: { count: 10, windowMs: 1000 },
        giveUpAfterMs: 90_000,
        connectionTimeoutMs: 30_000,
        sendTimeoutMs: 1000,
        firstRetryMs: 10 * MINUTE,
        longestRetryMs: HOUR,
        leaseMs: 2000,
      },
      revertTtlMs: false,
      offerAfterRegistration: true,
      guestOrdersOnly: false,
      requireLogin: true,
      notifyOnConfirm: false,
      retentionMs: 365 * 24 * HOUR,
      resendTo: "order_email",
    })
  })

  it("is kept beside the defaults of its neighbours", () => {
    const limits = { per_customer: "1/1m" }
    expect(parse({ limits }).limits).toEqual({
      perRecipient: [
        { count: 5, windowMs: HOUR },
        { count: 10, windowMs: 24 * HOUR },
      ],
      perCustomer: [{ count: 1, windowMs: MINUTE }],
    })
    expect(parse({ delivery: { concurrency: 1 } }).delivery).toMatchObject({
      concurrency: 1,
      sendTimeoutMs: 10_000,
    })
    expect(parse({ brand: { name: "H&V" } }).brand.color).toBe("#111827")
  })

  it("limits: false switches the limits off", () => {
    expect(parse({ limits: false }).limits).toBe(false)
  })
})

describe("a sender", () => {
  it.each([
    ["orders@shop.example", "", "orders@shop.example"],
    ["  orders@shop.example  ", "", "orders@shop.example"],
    ["<orders@shop.example>", "", "orders@shop.example"],
    ["Shop <orders@shop.example>", "Shop", "orders@shop.example"],
    ['"Shop, Inc." <orders@shop.example>', "Shop, Inc.", "orders@shop.example"],
    [
      "Müller & Söhne <o@münchen.example>",
      "Müller & Söhne",
      "o@münchen.example",
    ],
  ])("is read from %s", (from, name, address) => {
    expect(parse({ from }).from).toEqual({ name, address })
  })

  it.each([
    "",
    "Shop",
    "Shop <>",
    "Shop <orders>",
    "Shop <a@shop.example> <b@shop.example>",
    "Shop <a@shop.example>, Other <b@shop.example>",
    "a@shop.example, b@shop.example",
    "Shop\r\nBcc: b@evil.example <a@shop.example>",
    "Shop <a@shop.example\r\nBcc: b@evil.example>",
    "Shop <a@shop.example>\r\nBcc: b@evil.example",
    "Sh\0op <a@shop.example>",
    "\u202epohs <a@shop.example>",
    42,
  ])("is not %p", (from) => {
    expect(problemWith({ from })).toMatch(/^ {2}from: expected a sender such/m)
  })

  it("never brings a line break or a second address along", () => {
    const part = fc.oneof(
      fc.constantFrom("Shop", " ", "<", ">", '"', ",", "\r\n", "Bcc:", "\0"),
      fc.constantFrom("a@shop.example", "<b@shop.example>", "\u2028"),
      fc.string({ maxLength: 3, unit: "binary" })
    )
    const text = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(""))
    fc.assert(
      fc.property(text, (from) => {
        try {
          const sender = parse({ from }).from
          expect(sender.name).not.toMatch(/[\p{C}<>"]/u)
          expect(sender.address).toMatch(/^[^@\s]+@[^@\s]+$/)
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidOptions)
        }
      }),
      { numRuns: campaign(400, 2000) }
    )
  })
})

describe("a bad value", () => {
  it.each([
    ["claim_url", "/claim", 'got "/claim"'],
    ["claim_url", "javascript:alert(1)", 'got "javascript:alert(1)"'],
    ["claim_url", 42, "got 42"],
    ["claim_url", null, "got null"],
    ["token_param", "to ken", 'got "to ken"'],
    ["token_param", "a&b", 'got "a&b"'],
    ["token_param", "", 'got ""'],
    ["token_param", "x".repeat(65), "got "],
    ["reply_to", "nobody", 'got "nobody"'],
    ["brand", "Hill & Valley", 'got "Hill & Valley"'],
    ["brand.name", "", 'got ""'],
    ["brand.name", "two\nlines", 'got "two\\nlines"'],
    ["brand.name", "x".repeat(201), "got "],
    ["brand.url", "shop.example", 'got "shop.example"'],
    ["brand.logo_url", "data:image/png;base64,x", "got "],
    ["brand.color", "red", 'got "red"'],
    ["brand.color", "#fff", 'got "#fff"'],
    ["brand.color", "#12345g", 'got "#12345g"'],
    ["brand.color", '#111827;"', "got "],
    ["brand.support_email", "Support <help@shop.example>", "got "],
    ["brand.address", "", 'got ""'],
    ["brand.address", "x".repeat(501), "got "],
    ["templates.folder", "/no/such/folder", 'got "/no/such/folder"'],
    ["templates.folder", __filename, "got "],
    ["templates.folder", "x".repeat(5000), "got "],
    ["templates.folder", "a\0b", 'got "a\\u0000b"'],
    ["link_ttl", "59s", 'got "59s"'],
    ["link_ttl", "8d", 'got "8d"'],
    ["link_ttl", "15", 'got "15"'],
    ["link_ttl", "15 m", 'got "15 m"'],
    ["link_ttl", "015m", 'got "015m"'],
    ["link_ttl", "-15m", 'got "-15m"'],
    ["link_ttl", "1.5h", 'got "1.5h"'],
    ["link_ttl", 900, "got 900"],
    ["limits", true, "got true"],
    ["limits", "5/1h", 'got "5/1h"'],
    ["limits.per_recipient", "5", 'got "5"'],
    ["limits.per_recipient", "0/1h", 'got "0/1h"'],
    ["limits.per_recipient", "5/1w", 'got "5/1w"'],
    ["limits.per_customer", "5/31d", 'got "5/31d"'],
    ["limits.per_customer", 5, "got 5"],
    ["limits.per_customer", {}, "got {}"],
    ["limits.per_customer", [], "got []"],
    ["limits.per_customer", Array(6).fill("5/1h"), "got ["],
    ["delivery.rate_limit", ["10/1s"], 'got ["10/1s"]'],
    ["delivery", 5, "got 5"],
    ["delivery.concurrency", 0, "got 0"],
    ["delivery.concurrency", 51, "got 51"],
    ["delivery.concurrency", 2.5, "got 2.5"],
    ["delivery.concurrency", "5", 'got "5"'],
    ["delivery.rate_limit", 10, "got 10"],
    ["delivery.rate_limit", "10", 'got "10"'],
    ["delivery.rate_limit", "0/1s", 'got "0/1s"'],
    ["delivery.rate_limit", "10/15", 'got "10/15"'],
    ["delivery.give_up_after", "8d", 'got "8d"'],
    ["delivery.connection_timeout", "31s", 'got "31s"'],
    ["delivery.send_timeout", "11s", 'got "11s"'],
    ["delivery.first_retry", "11m", 'got "11m"'],
    ["delivery.longest_retry", "61m", 'got "61m"'],
    ["delivery.lease", "21s", 'got "21s"'],
    ["delivery.lease", "1s", 'got "1s"'],
    ["offer_after_registration", "yes", 'got "yes"'],
    ["guest_orders_only", "yes", 'got "yes"'],
    ["require_login", "yes", 'got "yes"'],
    ["notify_on_confirm", 1, "got 1"],
    ["retention", "30d", 'expected false, or a duration from "31d" to "10y"'],
    ["retention", true, "got true"],
    ["resend_to", "anybody", 'got "anybody"'],
    ["enableUI", "yes", 'got "yes"'],
  ])("of %s is refused and named: %p", (option, value, got) => {
    const [name = "", inner] = option.split(".")
    const message = problemWith({ [name]: inner ? { [inner]: value } : value })
    const lines = message.split("\n").slice(1)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(new RegExp(`^  ${option}: expected .{5,}; got `))
    expect(lines[0]).toContain(got)
  })

  it.each([
    [["5/1h", "5/1w"], 1, '"5/1w"'],
    [["0/1h", "10/1d"], 0, '"0/1h"'],
    [["5/1h", "10/1d", 20], 2, "20"],
    [[["5/1h"]], 0, '["5/1h"]'],
    [["5/1h", null], 1, "null"],
  ])("in a list is named by its place: %j", (per_recipient, at, got) => {
    const message = problemWith({ limits: { per_recipient } })
    expect(message.split("\n").slice(1)).toEqual([
      `  limits.per_recipient[${at}]: expected a limit such as "5/1h" (five in one hour), with a duration from "1s" to "30d"; got ${got}`,
    ])
  })

  it("in a list does not hide another in it", () => {
    const limits = { per_customer: ["x", "5/1h", "y"] }
    const lines = problemWith({ limits }).split("\n").slice(1)
    expect(lines.map((line) => line.split(":")[0])).toEqual([
      "  limits.per_customer[0]",
      "  limits.per_customer[2]",
    ])
  })

  it("that is long is shown by its beginning", () => {
    const message = problemWith({ resend_to: "x".repeat(10_000) })
    expect(message).toContain(`got "${"x".repeat(50)}`)
    expect(message.length).toBeLessThan(500)
  })

  it("does not hide another one", () => {
    const message = problemWith({
      from: "nobody",
      link_ttl: "1y",
      brand: { color: "red", url: "nowhere" },
      colour: "blue",
    })
    const named = [...message.matchAll(/^ {2}([\w.]+): /gm)].map(([, n]) => n)
    expect(named.sort()).toEqual([
      "brand.color",
      "brand.url",
      "colour",
      "from",
      "link_ttl",
    ])
  })

  it.each([
    ["text with a pa55word", "a string"],
    [[{ transport: "smtp://user:pa55word@mail.example" }], "an array"],
    [1, "a number"],
    [true, "a boolean"],
    [null, "null"],
  ])("for all options is told, but not shown: %p", (options, type) => {
    const message = messageFor(options)
    expect(message).toContain(`  options: expected an object; got ${type}`)
    expect(message).not.toContain("pa55word")
  })

  it.each([1n, Object.assign(Object.create(null) as object, { a: 1n })])(
    "that JSON does not know is told all the same",
    (resend_to) => {
      expect(problemWith({ resend_to })).toMatch(
        /resend_to: expected .*; got .*1n/
      )
    }
  )

  it("by a name that every object has is unknown all the same", () => {
    expect(problemWith({ constructor: 1 })).toContain(
      "constructor: there is no such option"
    )
  })
})

describe("an unknown option", () => {
  it.each([
    ["claimUrl", { claimUrl: "https://shop.example" }],
    ["brand.colour", { brand: { colour: "red" } }],
    ["limits.per_shop", { limits: { per_shop: "5/1h" } }],
    ["delivery.retries", { delivery: { retries: 3 } }],
  ])("%s is named", (option, changes) => {
    expect(problemWith(changes)).toContain(
      `\n  ${option}: there is no such option`
    )
  })

  it("is not shown with its value: it may be a password", () => {
    const message = problemWith({ smtp_password: "pa55word" })
    expect(message).toContain("smtp_password")
    expect(message).not.toContain("pa55word")
  })
})

describe("a transport", () => {
  it.each([
    ["an SMTP URL", "smtp://mail.example"],
    ["an SMTPS URL", "smtps://user:password@mail.example:465"],
    ["nodemailer's options", { host: "mail.example", auth: { user: "u" } }],
    ["a function", () => ({})],
  ])("may be %s", (_, transport) => {
    expect(parse({ transport }).transport).toEqual(transport)
  })

  it("may be missing in development: mails go to the log", () => {
    expect(parse({ transport: undefined }).transport).toBeUndefined()
  })

  it("is required in production", () => {
    expect(problemWith({ transport: undefined }, PRODUCTION)).toMatch(
      /^ {2}transport: expected an SMTP URL .*; got nothing$/m
    )
  })

  it.each([
    ["http://user:pa55word@mail.example", "a string (not shown)"],
    ["mail.example:pa55word", "a string (not shown)"],
    ["smtp://", "a string (not shown)"],
    ["", "a string (not shown)"],
    [["smtp://user:pa55word@mail.example"], "an array (not shown)"],
    [42, "a number (not shown)"],
    [{}, "an object (not shown)"],
    [{ host: undefined, auth: { pass: "pa55word" } }, "an object (not shown)"],
  ])("that is bad is never shown: %p", (transport, shown) => {
    const message = problemWith({ transport })
    expect(message).toMatch(/^ {2}transport: expected an SMTP URL/m)
    expect(message).toContain(`got ${shown}`)
    expect(message).not.toContain("pa55word")
  })

  it("that is good is not shown beside a bad option", () => {
    expect(problemWith({ from: "nobody" })).not.toContain("pa55word")
  })
})

describe("the link in production", () => {
  it.each([
    "http://localhost:8000/claim",
    "http://127.0.0.1/claim",
    "http://[::1]/claim",
    "https://shop.localhost/claim",
  ])("does not lead to %s", (claim_url) => {
    expect(problemWith({ claim_url }, PRODUCTION)).toContain(
      `\n  claim_url: expected a URL that customers can open in production; this one works on the server itself only; got "${claim_url}"`
    )
  })

  it("is not a function, which has an option of its own", () => {
    const claim_url = () => "https://shop.example"
    expect(problemWith({ claim_url })).toMatch(
      /^ {2}claim_url: expected .+for a function, use storefront\); got a function$/m
    )
  })

  it("may be the function's task, whose result is checked", () => {
    const hosted = { claim_url: undefined, storefront: () => ({}) }
    expect(parse(hosted, PRODUCTION).hostsPage).toBe(true)
    expect(
      problemWith(
        { claim_url: "http://localhost", ...{ storefront: () => ({}) } },
        PRODUCTION
      )
    ).toMatch(/^ {2}claim_url: expected a URL that customers can open/m)
  })

  it("may lead to this machine in development", () => {
    const claim_url = "http://localhost:8000/claim"
    expect(parse({ claim_url }).claimUrl).toBe(claim_url)
  })
})

describe("the token's parameter", () => {
  it("is not one that the page uses itself", () => {
    const claim_url = "https://shop.example/claim?a=1&token=mine"
    expect(problemWith({ claim_url })).toMatch(
      /^ {2}token_param: expected a query parameter that claim_url does not use itself/m
    )
    expect(parse({ claim_url, token_param: "claim" }).tokenParam).toBe("claim")
  })
})

it("options are read, or refused as invalid, whatever they are", () => {
  const value = fc.oneof(fc.jsonValue(), fc.constant(undefined))
  const options = fc.oneof(
    value,
    fc.record(
      {
        claim_url: fc.oneof(fc.constant(SHOP.claim_url), value),
        from: fc.oneof(fc.constant(SHOP.from), value),
        limits: value,
        brand: value,
        delivery: value,
        link_ttl: value,
      },
      { requiredKeys: [] }
    )
  )
  fc.assert(
    fc.property(options, (given) => {
      try {
        expect(parseOptions(given, DEVELOPMENT).linkTtlMs).toBeGreaterThan(0)
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidOptions)
      }
    })
  )
})
