import type { SendMailOptions } from "nodemailer"
import type MailMessage from "nodemailer/lib/mailer/mail-message"
import { hasTooLongLine } from "../values/mail-line"

/** A part of a mail, encoded, with its headers. */
interface EncodedPart {
  contentType: "text/plain" | "text/html"
  raw: string
}

/**
 * Encodes text and HTML, each in the shortest way that every mail server takes: as
 * it is, quoted-printable or base64. nodemailer encodes a part that has one line of
 * 77 characters, byte by byte; that costs more than all else about a mail.
 */
export function withEncodedParts({
  text,
  html,
  ...mail
}: SendMailOptions): SendMailOptions {
  const alternatives: EncodedPart[] = [
    encodePart("text/plain", text as string),
    encodePart("text/html", html as string),
  ]
  return { ...mail, alternatives }
}

/**
 * Builds a mail with encoded parts. nodemailer builds it as a stream, which costs as
 * much as the rest of this file; only a signature (DKIM) needs one.
 */
export function buildMail({ data, message }: MailMessage): Promise<Buffer> {
  if (data.dkim) return message.build()
  // Makes the boundary, too.
  const headers = message.buildHeaders()
  const delimiter = `\r\n--${String(message.boundary)}`
  const parts = data.alternatives as EncodedPart[]
  const body = parts.map(({ raw }) => `${delimiter}\r\n${raw}`).join("")
  return Promise.resolve(Buffer.from(`${headers}\r\n${body}${delimiter}--\r\n`))
}

function encodePart(
  contentType: EncodedPart["contentType"],
  content: string
): EncodedPart {
  // RFC 2046, 4.1.1: a line of text ends with CRLF, and neither stands alone.
  const lines = content.replace(/\r\n?|\n/g, "\r\n")
  const encoding = encodingOf(lines)
  const raw =
    `Content-Type: ${contentType}; charset=utf-8\r\n` +
    `Content-Transfer-Encoding: ${encoding}\r\n\r\n` +
    encode(lines, encoding)
  return { contentType, raw }
}

type Encoding = "7bit" | "quoted-printable" | "base64"

const BEYOND_ASCII = /[^\t\r\n -~]/

function encodingOf(lines: string): Encoding {
  if (!BEYOND_ASCII.test(lines) && !hasTooLongLine(lines)) return "7bit"

  // Quoted-printable adds two bytes to each that it escapes, and three to a line;
  // base64, one to three bytes, and two to a line.
  const bytes = Buffer.from(lines)
  // A loop: `filter` takes as long as all else here.
  let escaped = 0
  for (const byte of bytes) if (byte > 126 || byte === EQUALS) escaped += 1
  return escaped * 7 < bytes.length ? "quoted-printable" : "base64"
}

const EQUALS = 61

function encode(lines: string, encoding: Encoding): string {
  if (encoding === "7bit") return lines
  encoders ??= loadEncoders()
  const { encode, wrap } = encoders[encoding]
  return wrap(encode(lines))
}

let encoders: ReturnType<typeof loadEncoders> | undefined

/** Loads nodemailer's own encoders, which is not to be done before the first mail. */
function loadEncoders() {
  /* eslint-disable @typescript-eslint/no-require-imports */
  const qp = require("nodemailer/lib/qp") as typeof import("nodemailer/lib/qp")
  const base64 =
    require("nodemailer/lib/base64") as typeof import("nodemailer/lib/base64")
  /* eslint-enable @typescript-eslint/no-require-imports */
  return { "quoted-printable": qp, base64 }
}
