import fc from "fast-check"
import jwt from "jsonwebtoken"
import { maskAddresses } from "../email-address"
import { describeError, redact, redactForLog } from "../redact"

const TOKEN = jwt.sign({ order_claim_id: "oclaim_1" }, "secret")

describe("a mail server's responses", () => {
  it.each([
    ["250 2.0.0 OK: queued as 4F2", "250 2.0.0 OK: queued as 4F2"],
    ["550-no\r\n550 such user", "550-no 550 such user"],
    ["  mailbox\tfull \n", "mailbox full"],
    ["\u001b[31mred\u001b[0m\0", "[31mred [0m"],
    ["over\u202eride\u2028d", "over ride d"],
    ["posteingang voll – später", "posteingang voll – später"],
    [undefined, "undefined"],
    [null, "null"],
    [421, "421"],
    [new Error("Connection closed"), "Error: Connection closed"],
  ])("%j are recorded as %j", (words, line) => {
    expect(redact(words)).toBe(line)
  })

  it("are recorded without the token that they quote", () => {
    const words = `554 spam: https://shop.example/claim?token=${TOKEN}&a=1 rejected, token=${TOKEN}`
    expect(redact(words)).toBe(
      "554 spam: https://shop.example/claim?token=[token]&a=1 rejected, token=[token]"
    )
  })

  it.each([
    [
      "in lines of quoted-printable",
      (t: string) => t.replace(/(.{60})/g, "$1=\r\n"),
    ],
    ["by its signature alone", (t: string) => t.split(".")[2] ?? ""],
    ["with its dots taken apart", (t: string) => t.replace(/\./g, " . ")],
  ])("are recorded without the pieces of a token: %s", (_, quote) => {
    const words = `451 4.7.1 queued as 4F2: token=3D${quote(TOKEN)} deferred`
    const line = redact(words, TOKEN)

    expect(line).toMatch(/^451 4\.7\.1 queued as 4F2: .* deferred$/)
    for (const piece of line.match(/[\w-]{4,}/g) ?? []) {
      expect(TOKEN).not.toContain(piece)
    }
  })

  it("are recorded without a token that is cut at the end", () => {
    for (let at = 200; at < 320; at += 1) {
      const line = redact(`${"x ".repeat(160).slice(0, at)}${TOKEN}`)
      expect(line).not.toContain(TOKEN.slice(0, 20))
    }
  })

  it.each([
    ["postgres://user:pw@host/db", "postgres://***@host/db"],
    ["smtp://a@b.example:p/w?#[@mail.example:25", "smtp://***@mail.example:25"],
    ["https://key@api.example,", "https://***@api.example,"],
    [
      "see https://help.example/why for a@b",
      "see https://help.example/why for a@b",
    ],
  ])("are recorded without the login of a URL: %s", (words, line) => {
    expect(redact(`Error: ${words} failed`)).toBe(`Error: ${line} failed`)
  })

  it("keep a URL whose login is hidden as it is, where addresses are masked", () => {
    const line = "no postgres://***@host.example/db for g***@example.com"
    const words = "no postgres://u:pw@host.example/db for greta@example.com"
    expect(redactForLog(words)).toBe(line)
    expect(maskAddresses(line)).toBe(line)
  })

  it("have a limited length", () => {
    expect(redact("x".repeat(300))).toBe("x".repeat(300))
    expect(redact("x".repeat(301))).toBe(`${"x".repeat(300)}…`)
  })

  it("keep host names and versions, which are not tokens", () => {
    const words = "mx1.mail.example ESMTP Postfix 3.7.11"
    expect(redact(words)).toBe(words)
  })

  it("are one line of limited length, whatever they contain", () => {
    const words = fc.oneof(
      fc.string({ unit: "binary", maxLength: 1000 }),
      fc
        .array(fc.constantFrom("\r\n", "\0", "\u2028", "\u202e", "a", TOKEN))
        .map((parts) => parts.join(""))
    )
    fc.assert(
      fc.property(words, (text) => {
        const line = redact(text)
        expect(line.length).toBeLessThanOrEqual(301)
        expect(line).not.toMatch(/(?! )[\s\p{Cc}\p{Cf}]/u)
        expect(line).not.toContain(TOKEN)
        expect(line).toBe(line.trim())
      })
    )
  })
})

it("a response is never cut inside a character, which no database would store", () => {
  const answer = redact(`${"x".repeat(299)}😀😀`)
  expect(answer).toBe(`${"x".repeat(299)}😀…`)
})

describe("an error in the log", () => {
  const failing = (cause?: unknown) =>
    Object.assign(new TypeError("cannot read 'name' of undefined"), { cause })

  it("has its stack and those of its causes", () => {
    const text = describeError(failing(new Error("no such shop")))
    expect(text).toMatch(
      /^TypeError: cannot read 'name' of undefined\n +at .*redact\.spec/
    )
    expect(text).toMatch(/\ncaused by: Error: no such shop\n +at /)
  })

  it.each([
    ["a text", "no network", "no network"],
    ["an object", { status: 503 }, "{ status: 503 }"],
    ["nothing", undefined, "undefined"],
    ["null", null, "null"],
  ])("may be %s", (_, error, text) => {
    expect(describeError(error)).toBe(text)
  })

  it("shows no token, and no login of a URL", () => {
    const url = "smtp://shop:pa55word@mail.example"
    const text = describeError(new Error(`${url} got ${TOKEN}`))
    expect(text).toContain("smtp://***@mail.example got [token]")
    expect(text).not.toContain("pa55word")
  })

  it("masks addresses, and keeps the paths of its stack", () => {
    const error = new Error("unknown: greta@example.com")
    error.stack = `Error: unknown: greta@example.com
    at Object.send (/app/node_modules/.pnpm/sdk@1.2.3/node_modules/@scope/sdk/a.js:7:12)
    at /app/node_modules/@scope/sdk/b.js:3:1`
    expect(describeError(error)).toBe(error.stack.replace("greta@", "g***@"))
    expect(describeError({ to: "greta@example.com" })).toBe(
      "{ to: '***@example.com' }"
    )
  })

  it("ends, though its causes go in a circle", () => {
    const error: Error & { cause?: unknown } = new Error("round")
    error.stack = "Error: round"
    error.cause = error
    expect(describeError(error).match(/round/g)).toHaveLength(5)
  })

  it.each(["x", "eyJhbGciOi.", "://"])("is bounded: %s repeated", (part) => {
    expect(describeError(new Error(part.repeat(1e6))).length).toBeLessThan(5010)
  })
})
