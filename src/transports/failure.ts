import { redact } from "../values/redact"
import type { DeliveryOutcome, Message } from "./transport"

/** An error of nodemailer, or of a transport that names its errors as nodemailer does. */
interface Failure {
  code?: string
  /** The SMTP command that the mail server refused, such as `MAIL FROM`. */
  command?: string
  responseCode?: number
  response?: string
  message?: string
}

/** The reply to `MAIL FROM` that asks for a login. */
const LOGIN_REQUIRED = 530

/**
 * The outcome of a mail that failed. Final is only a 5xx for the recipient or the
 * content; everything else is temporary, also what the shop has to correct.
 */
export function outcomeOf(
  error: unknown,
  { from, secret }: Pick<Message, "from" | "secret">
): DeliveryOutcome {
  const failure = Object(error ?? {}) as Failure
  const { code, command, responseCode = 0, response: reply } = failure
  const response = redact(reply || failure.message || code || error, secret)
  const isAboutTheMail = code === "EENVELOPE" || code === "EMESSAGE"
  if (!isAboutTheMail || responseCode < 500) {
    return { type: "deferred", response }
  }
  if (command !== "MAIL FROM") return { type: "refused", response }

  // Every mail has this sender, so each would fail for good.
  const option = responseCode === LOGIN_REQUIRED ? "transport" : "from"
  const hint = `the mail server refuses the sender ${from.address} (check the option ${option})`
  return { type: "deferred", response: `${hint}: ${response}` }
}

/**
 * Throws the refusal in the result of a mail. An LMTP server answers once for each
 * recipient, and nodemailer reports a mail that it refuses as sent.
 */
export function throwRefusal(info: unknown): void {
  const { rejected, response } = Object(info ?? {}) as {
    rejected?: unknown
    response?: unknown
  }
  const isRejected = Array.isArray(rejected) && rejected.length > 0
  const responseCode = parseInt(String(response), 10)
  if (!isRejected || !(responseCode >= 400)) return

  const error = new Error(String(response))
  throw Object.assign(error, { code: "EMESSAGE", responseCode })
}
