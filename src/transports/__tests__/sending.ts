import { parseEmailAddress } from "../../values/email-address"
import { silentLogger } from "../../values/__tests__/loggers"
import type { MailerSource } from "../mailer"
import { SmtpTransport } from "../smtp"
import type { Message, TransportLimits } from "../transport"

export const SETTINGS: TransportLimits = {
  concurrency: 2,
  connectionTimeoutMs: 1000,
  sendTimeoutMs: 2000,
}

/** A sender or a recipient. */
export const mailbox = (name: string, address: string) => {
  const parsed = parseEmailAddress(address)
  if (!parsed) throw new Error(`not an address: ${address}`)
  return { name, address: parsed }
}

export const message = (changes: Partial<Message> = {}): Message => ({
  from: mailbox("Hill & Valley", "orders@shop.example"),
  replyTo: undefined,
  to: "greta@example.com",
  subject: "Hill & Valley: confirm the request for order #1042",
  text: "Open https://shop.example/claim?token=x\n.\nBye",
  html: "<p>Hello</p>",
  messageId: "<oclaim_1.1@shop.example>",
  ...changes,
})

/** The things that a test has opened, to be closed after it. */
export const opened: { close(): void }[] = []
export const closeOpened = () => opened.splice(0).forEach((it) => it.close())

export const transportTo = (
  source: MailerSource,
  changes: Partial<TransportLimits> = {}
): SmtpTransport => {
  const transport = new SmtpTransport(
    () => source,
    { ...SETTINGS, ...changes },
    silentLogger
  )
  opened.push(transport)
  return transport
}

/** Options that need nodemailer's own pool; a server without a login asks for none. */
export const withOAuth = (port: number) => ({
  host: "127.0.0.1",
  port,
  auth: { type: "OAuth2" as const, user: "shop", accessToken: "t0ken" },
})
