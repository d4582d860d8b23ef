import { createServer, type IncomingHttpHeaders, type Server } from "http"
import { simpleParser } from "mailparser"
import type { AddressInfo } from "net"
import { createContext, runInContext } from "vm"
import { parseOptions } from "../src/options/settings"
import { mailbox, message, SETTINGS } from "../src/transports/__tests__/sending"
import { createTransport, type TransportOption } from "../src/transports/index"
import { silentLogger } from "../src/values/__tests__/loggers"
import { codeBlocks } from "./code-blocks"

/** A request, as it reached the wire. */
interface Recorded {
  method: string
  url: string
  headers: IncomingHttpHeaders
  body: Buffer
}

interface Reply {
  status: number
  body: string
  headers?: Record<string, string> | undefined
}

/** A service that records each request, and answers as the test says, if at all. */
export const service: {
  origin: string
  requests: Recorded[]
  answer: Reply | "none"
} = { origin: "", requests: [], answer: { status: 200, body: "" } }

let server: Server

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      const { method = "", url = "", headers } = request
      service.requests.push({
        method,
        url,
        headers,
        body: Buffer.concat(chunks),
      })
      if (service.answer === "none") return
      response.writeHead(service.answer.status, {
        "content-type": "application/json",
        ...service.answer.headers,
      })
      response.end(service.answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  service.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(
  () =>
    new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    })
)

beforeEach(() => {
  service.requests = []
})

const blocks = codeBlocks().filter(
  ({ at, language }) => at.startsWith("docs/sending.md") && language === "js"
)

export const blockWith = (text: string) => {
  const found = blocks.filter(({ code }) => code.includes(text))
  expect(found).toHaveLength(1)
  return found[0]!.code
}

const env = {
  POSTMARK_TOKEN: "pm-token",
  RESEND_API_KEY: "re_key",
  MAILGUN_API_KEY: "mg-key",
}

/** Runs the code of the document as it stands; only the host of a URL is another one. */
export function run(code: string, host: string): unknown {
  const toServer = (url: string, init: RequestInit) => {
    expect(url).toContain(`https://${host}/`)
    return fetch(url.replace(`https://${host}`, service.origin), init)
  }
  const load = (name: string): unknown =>
    name === "./mail-api"
      ? run(blockWith("// mail-api.js"), host)
      : jest.requireActual(name)
  const context = createContext({
    ...{ AbortSignal, Blob, Buffer, FormData, process: { env } },
    ...{ exports: {}, fetch: toServer, require: load },
  })
  return runInContext(
    `${code}; typeof transport === "undefined" ? exports : transport`,
    context
  )
}

/** Sends one mail as the plugin does with that option. */
export async function send(option: unknown) {
  const options = { claim_url: "https://a.example", from: "orders@a.example" }
  const { transport } = parseOptions({ ...options, transport: option }, {})
  expect(transport).toBe(option)
  const delivery = { ...SETTINGS, sendTimeoutMs: 10_000 }
  const settings = { transport: option as TransportOption, delivery }
  const opened = createTransport(settings, {}, silentLogger)
  try {
    return await opened.send(mail)
  } finally {
    opened.close()
  }
}

export const mail = message({
  from: mailbox('Hill & "Valley"', "orders@shop.example"),
  replyTo: mailbox("", "help@shop.example"),
  subject: "Größe: confirm the request for order #1042",
})

export const sent = () => {
  expect(service.requests).toHaveLength(1)
  return service.requests[0]!
}

export const json = () =>
  JSON.parse(sent().body.toString()) as Record<string, unknown>

/** A failure of the mail service, and the expected outcome. */
type Failure = [
  what: string,
  outcome: "deferred" | "refused",
  status: number,
  body: string,
  headers?: Record<string, string>,
]

export function fails(option: () => unknown, failures: Failure[]) {
  for (const [what, type, status, body, headers] of failures) {
    it(`${what}: ${type}`, async () => {
      service.answer = { status, body, headers }
      const outcome = await send(option())
      expect(outcome.type).toBe(type)
      const said = /"Message": ?"(.{10})/i.exec(body)?.[1]
      expect(outcome.response).toContain(said ?? String(status))
      expect(service.requests).toHaveLength(1)
    })
  }
}

/** That the MIME message has all that the plugin's mail has. */
export async function expectMail(mime: Buffer): Promise<void> {
  const parsed = await simpleParser(mime)
  expect(parsed).toMatchObject({
    from: { value: [mail.from] },
    replyTo: { value: [mail.replyTo] },
    to: { value: [{ address: mail.to, name: "" }] },
    subject: mail.subject,
    html: mail.html,
    messageId: mail.messageId,
  })
  expect(parsed.text?.trim()).toBe(mail.text)
  expect(parsed.headers.get("auto-submitted")).toBe("auto-generated")
}
