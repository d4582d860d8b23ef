import { createHash, generateKeyPairSync } from "crypto"
import fc from "fast-check"
import { campaign } from "../../../integration-tests/campaign"
import {
  MailServer,
  startMailServer,
} from "../../../integration-tests/stock-store/mail-server"
import { LANGUAGES } from "../../texts/locale"
import { renderBuiltIn } from "../../email/built-in"
import type { Email } from "../../email/email"
import { confirmedView, requestView } from "../../email/__tests__/views"
import { parseEmailAddress } from "../../values/email-address"
import { silentLogger } from "../../values/__tests__/loggers"
import { SmtpTransport } from "../smtp"
import type { Message } from "../transport"

jest.setTimeout(120_000)

const LIMITS = {
  concurrency: 1,
  connectionTimeoutMs: 1000,
  sendTimeoutMs: 5000,
}

let server: MailServer
let transport: SmtpTransport

const transportWith = (options: object) =>
  new SmtpTransport(
    () => ({ host: "127.0.0.1", port: server.port, ...options }),
    LIMITS,
    silentLogger
  )

beforeAll(async () => {
  server = await startMailServer()
  transport = transportWith({})
})
afterAll(() => {
  transport.close()
  return server.stop()
})

function message(email: Partial<Email>): Message {
  const address = parseEmailAddress("orders@shop.example")
  if (!address) throw new Error("not an address")
  return {
    from: { name: "Hill & Valley", address },
    replyTo: undefined,
    to: "greta@example.com",
    messageId: "<oclaim_1.1@shop.example>",
    subject: "Was it you?",
    text: "Hello",
    html: "<p>Hello</p>",
    ...email,
  }
}

/** Sends an email, and returns it as it came over the wire. */
async function sent(email: Partial<Email>, by = transport) {
  server.mails.length = 0
  const outcome = await by.send(message(email))
  expect(outcome).toMatchObject({ type: "accepted" })
  const [mail] = await server.waitForMails(1)
  if (!mail) throw new Error("no mail")
  return mail
}

/** Names the transfer encoding of each part: text, then HTML. */
const encodingsIn = (raw: string) =>
  [...raw.matchAll(/^Content-Transfer-Encoding: (\S+)/gim)].map(
    ([, encoding]) => encoding
  )

const longestLine = (raw: string) =>
  Math.max(...raw.split("\r\n").map(({ length }) => length))

/** A mail carries lines, whatever they ended with. */
const asLines = (content: string) => content.replace(/\r\n?/g, "\n")

describe("an email of a shop's own template", () => {
  const wild = fc.oneof(
    fc.string({ unit: "binary", minLength: 1 }),
    fc.string({ unit: "grapheme", minLength: 1 }),
    fc.constantFrom(
      "\n.\n",
      "\r",
      "\r\n",
      "\n\nFrom me\n",
      " \n",
      "\t",
      "=",
      "=3D",
      "--",
      "&#x3D;",
      "x".repeat(998),
      "x".repeat(999),
      "ü".repeat(300),
      "山田".repeat(600),
      "👍🏽 ".repeat(200),
      "word ".repeat(400)
    )
  )
  const content = fc
    .array(wild, { minLength: 1, maxLength: 8 })
    // Parsers take a byte order mark for what it is, and drop it.
    .map((parts) => `>${parts.join("")}<`)

  it("arrives as it was written, in lines of ASCII that every server takes", async () => {
    await fc.assert(
      fc.asyncProperty(content, content, async (text, html) => {
        const mail = await sent({ text, html })

        expect(asLines(mail.text)).toBe(asLines(text))
        expect(asLines(mail.html)).toBe(asLines(html))
        expect(longestLine(mail.raw)).toBeLessThanOrEqual(998)
        expect(mail.raw).toMatch(/^[\r\n\t -~\x7f]*$/)
        expect(mail.raw.replace(/\r\n/g, "")).not.toMatch(/[\r\n]/)
      }),
      { numRuns: campaign(200, 2000) }
    )
  })

  it.each([
    ["ASCII", `<p>${"x".repeat(900)}</p>`, "7bit"],
    [
      "ASCII in one long line",
      `<p>${"x ".repeat(600)}</p>`,
      "quoted-printable",
    ],
    [
      "a little else",
      `<p>${"Viele liebe Grüße sendet der Laden. ".repeat(9)}</p>`,
      "quoted-printable",
    ],
    ["mostly else", `<p>${"山田さん".repeat(50)}</p>`, "base64"],
    ["emoji", "👍👍👍👍", "base64"],
  ])("is encoded in the shortest way: %s", async (_, html, encoding) => {
    const { raw } = await sent({ html })
    expect(encodingsIn(raw)).toEqual(["7bit", encoding])
  })

  it("has text before HTML, as alternatives", async () => {
    const mail = await sent({})
    expect(mail.headers.get("content-type")).toMatchObject({
      value: "multipart/alternative",
    })
    expect(
      [...mail.raw.matchAll(/^Content-Type: (text.*)$/gm)].map(
        ([, type]) => type
      )
    ).toEqual(["text/plain; charset=utf-8", "text/html; charset=utf-8"])
  })
})

it("a transporter of the shop's own gets text and HTML as they were written", async () => {
  const got: unknown[] = []
  const sendMail = (mail: { text?: unknown; html?: unknown }) => {
    got.push([mail.text, mail.html])
    return Promise.resolve({})
  }
  const own = new SmtpTransport(() => ({ sendMail }), LIMITS, silentLogger)
  const outcome = await own.send(message({ text: "Grüße", html: "<p>=ü</p>" }))

  expect(outcome.type).toBe("accepted")
  expect(got).toEqual([["Grüße", "<p>=ü</p>"]])
})

describe("a signed mail", () => {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  })
  const dkim = { domainName: "shop.example", keySelector: "a", privateKey }
  const bodyOf = (raw: string) => raw.slice(raw.indexOf("\r\n\r\n") + 4)
  const withoutBoundaries = (body: string) =>
    body.replace(/^--.*$/gm, "--boundary")

  /** RFC 6376, 3.4.4: the body that a relaxed signature is about. */
  const relaxed = (body: string) =>
    body
      .replace(/[ \t]+/g, " ")
      .replace(/ (?=\r\n)/g, "")
      .replace(/(\r\n)*$/, "\r\n")

  it("has the same body as any other, and its signature is about that", async () => {
    const signing = transportWith({ dkim })
    for (const locale of ["en", "de", "ja"]) {
      const email = renderBuiltIn(requestView({ locale }))
      const signed = (await sent(email, signing)).raw
      const plain = (await sent(email)).raw

      expect(withoutBoundaries(bodyOf(signed))).toBe(
        withoutBoundaries(bodyOf(plain))
      )
      const [, hash] = /\bbh=([^;]*);/.exec(signed) ?? []
      expect(hash?.replace(/\s/g, "")).toBe(
        createHash("sha256")
          .update(relaxed(bodyOf(signed)))
          .digest("base64")
      )
    }
    signing.close()
  })
})

describe("the built-in mail of one order", () => {
  // As long as the token of a link.
  const link = `https://my-shop.example/account/claim-order?token=${"eyJhbGci".repeat(28)}`

  // The text of other alphabets takes two to four times as many bytes.
  const isLatin = (locale: string) => !/^(ar|bg|el|he|ja|ko|uk|zh)/.test(locale)

  it.each([...LANGUAGES])("is small: %s", async (locale) => {
    const request = await sent(renderBuiltIn(requestView({ locale, link })))
    const notice = await sent(
      renderBuiltIn(confirmedView("recipient", { locale, link }))
    )
    const kB = isLatin(locale) ? [10, 7.6] : [14, 10.4]

    expect(request.raw.length).toBeLessThan((kB[0] ?? 0) * 1000)
    expect(notice.raw.length).toBeLessThan((kB[1] ?? 0) * 1000)
    expect(longestLine(request.raw)).toBeLessThanOrEqual(998)
  })

  it("needs no encoding of its HTML in Latin letters", async () => {
    for (const locale of LANGUAGES.filter(isLatin)) {
      const { raw } = await sent(renderBuiltIn(requestView({ locale, link })))
      expect(encodingsIn(raw)[1]).toBe("7bit")
    }
  })
})
