import type { SendMailOptions, Transporter } from "nodemailer"
import { ConnectionError } from "./connection-error"
import { Lane, Sender, SharedLane } from "./lane"
import { limitsIn, NodemailerLimits, optionsOf } from "./nodemailer-limits"
import { hasUsableSes, SES_FORM } from "./ses"
import { SmtpLane } from "./smtp-lane"
import type { TransportLimits } from "./transport"

/** A nodemailer configuration, a nodemailer transport, or a ready transporter. */
export type MailerSource = string | object

// The options of nodemailer that select something other than SMTP.
const OTHER_WAYS = [
  "send",
  "sendmail",
  "streamTransport",
  "jsonTransport",
  "SES",
]

// Those that select another way to the mail server than a connection of the lane's own.
const OTHER_CONNECTIONS = ["proxy", "getSocket", "connection", "socket"]

// The plugin waits for the rate limit, and tries a mail again, in place of the pool: a
// mail in the pool's queue would leave after the plugin has given it up.
const NO_WAITING = { rateLimit: 0, maxRequeues: 0 }

const NO_ATTACHMENTS = { disableFileAccess: true, disableUrlAccess: true }

/** Sends with the configured transport. */
export interface Mailer extends NodemailerLimits {
  makeLane: () => Lane
}

/**
 * Makes what sends with the configured transport. Loads nodemailer, and connects to
 * nothing.
 *
 * @throws if a `transport` function returned no transport
 */
export function createMailer(
  source: MailerSource,
  limits: TransportLimits
): Mailer {
  assertSource(source)
  if (isTransporter(source)) return shared(source)

  const { nodemailer, SMTPConnection, complete } = loadNodemailer()
  if (OTHER_WAYS.some((way) => way in Object(source))) {
    return shared(nodemailer.createTransport(source))
  }
  const given = complete(source)
  const {
    rateLimit,
    maxConnections = limits.concurrency,
    maxMessages,
  } = limitsIn(given)
  const options = {
    ...timeouts(limits),
    ...given,
    ...NO_ATTACHMENTS,
    ...{ maxConnections, maxMessages },
  }
  if (isPlain(options)) {
    const createTransport = nodemailer.createTransport.bind(nodemailer)
    const parts = { createTransport, SMTPConnection }
    const makeLane = () => new SmtpLane(parts, options)
    return { rateLimit, maxConnections, makeLane }
  }
  const pool = { ...options, ...NO_WAITING, pool: true as const }
  const mailer = nodemailer.createTransport(pool)
  const sendMail = async (mail: SendMailOptions): Promise<unknown> =>
    mailer.sendMail(mail).catch(namingTheConnection)
  const makeLane = () => new SharedLane({ sendMail }, true)
  return { rateLimit, maxConnections, makeLane }
}

/** Says what happened in place of the pool, which only counts its requeues. */
function namingTheConnection(error: unknown): never {
  const isClosed = /connection was closed$/.test(String(error))
  throw isClosed ? new ConnectionError("the connection was closed") : error
}

/**
 * Makes the mailer that can check the login to the mail server without sending.
 *
 * @returns `undefined` if the transport cannot check
 */
export function verifiable(
  source: MailerSource,
  limits: TransportLimits
): Pick<Transporter, "verify" | "close"> | undefined {
  assertSource(source)
  if (isTransporter(source)) {
    return typeof source.verify === "function" ? source : undefined
  }
  if (OTHER_WAYS.some((way) => way in Object(source))) return undefined

  const { nodemailer, complete } = loadNodemailer()
  const options: object = { ...timeouts(limits), ...complete(source) }
  return nodemailer.createTransport(options)
}

/** True for plain SMTP. A proxy, a socket or OAuth needs nodemailer's own pool. */
function isPlain(options: Record<string, unknown>): boolean {
  const { auth } = options
  const isDirect = !OTHER_CONNECTIONS.some((name) => options[name])
  const {
    user,
    pass,
    type = "login",
  } = Object(auth) as {
    user?: unknown
    pass?: unknown
    type?: unknown
  }
  const isPassword =
    typeof user === "string" &&
    typeof pass === "string" &&
    String(type).toLowerCase() === "login"
  return isDirect && (!auth || isPassword)
}

function shared(mailer: Sender): Mailer {
  const limits = limitsIn(optionsOf(mailer))
  const isPool = limits.maxConnections !== undefined
  return { ...limits, makeLane: () => new SharedLane(mailer, isPool) }
}

function timeouts({ connectionTimeoutMs, sendTimeoutMs }: TransportLimits) {
  return {
    connectionTimeout: connectionTimeoutMs,
    greetingTimeout: connectionTimeoutMs,
    socketTimeout: sendTimeoutMs,
  }
}

/** Loads nodemailer on first use, so that it does not slow the shop's start. */
function loadNodemailer() {
  /* eslint-disable @typescript-eslint/no-require-imports */
  const nodemailer = require("nodemailer") as typeof import("nodemailer")
  const SMTPConnection =
    require("nodemailer/lib/smtp-connection") as typeof import("nodemailer/lib/smtp-connection")
  const { parseConnectionUrl } =
    require("nodemailer/lib/shared") as typeof import("nodemailer/lib/shared")
  const wellKnown =
    require("nodemailer/lib/well-known") as typeof import("nodemailer/lib/well-known")
  /* eslint-enable @typescript-eslint/no-require-imports */

  /** Turns a URL and the name of a known service into options, as nodemailer does. */
  const complete = (source: MailerSource): Record<string, unknown> => {
    const { url, ...rest } = (
      typeof source === "string" ? { url: source } : source
    ) as { url?: string; service?: string }
    const options = { ...rest, ...(url ? parseConnectionUrl(url) : {}) }
    const { service } = options as { service?: string }
    return { ...options, ...(service ? wellKnown(service) || {} : {}) }
  }
  return { nodemailer, SMTPConnection, complete }
}

function assertSource(source: unknown): void {
  const expected = "expected a nodemailer transport or its options"
  if (isPromise(source)) {
    // Nobody waits for it: if it fails, that must not end the process.
    source.then(undefined, () => undefined)
    throw new Error(
      `transport: the function returned a promise; ${expected}, at once: make it a function that is not async`
    )
  }
  const isSource = typeof source === "string" || typeof source === "object"
  if (!source || !isSource) {
    const got = source ? `a ${typeof source}` : String(source)
    throw new Error(`transport: the function returned ${got}; ${expected}`)
  }
  if (!isTransporter(source) && !hasUsableSes(source)) {
    throw new Error(`transport: expected ${SES_FORM}`)
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (Object(value) as { then?: unknown }).then === "function"
}

function isTransporter(source: MailerSource): source is Transporter {
  return typeof (source as Partial<Transporter>).sendMail === "function"
}
