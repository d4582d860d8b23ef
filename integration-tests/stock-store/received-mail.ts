import { simpleParser, type Headers } from "mailparser"
import type { SMTPServerSession } from "smtp-server"

/** A mail as it came over the wire. */
export interface ReceivedMail {
  /** The addresses of MAIL FROM and RCPT TO, not those of the headers. */
  envelope: { from: string; to: string[] }
  /** The source, one character per byte (latin1). */
  raw: string
  /** Parsed; the names are in lower case. */
  headers: Headers
  subject: string
  html: string
  text: string
}

/** Reads a mail's source and remembers its envelope. */
export async function receivedMail(
  source: Buffer,
  { envelope }: SMTPServerSession
): Promise<ReceivedMail> {
  const parsed = await simpleParser(source)
  return {
    envelope: {
      from: envelope.mailFrom ? envelope.mailFrom.address : "",
      to: envelope.rcptTo.map(({ address }) => address),
    },
    raw: source.toString("latin1"),
    headers: parsed.headers,
    subject: parsed.subject ?? "",
    html: parsed.html || "",
    text: parsed.text ?? "",
  }
}
