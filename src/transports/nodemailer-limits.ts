import type { Limit } from "../claims/limits"

type Options = Record<string, unknown>

/** The limits in the options of a nodemailer transport. */
export interface NodemailerLimits {
  /** Its `rateLimit`, in a `rateDelta` of one second by default. */
  rateLimit?: Limit
  /** Always set for nodemailer's pool, which has this many connections. */
  maxConnections?: number
  /** The mails that one connection may carry. */
  maxMessages?: number
}

const SECOND_MS = 1000

/** The options of a nodemailer transporter, whatever it was made from. */
export function optionsOf(transporter: unknown): Options {
  const { options, transporter: inner } = Object(transporter) as {
    options?: Options
    transporter?: { options?: Options }
  }
  // A pool's own have its defaults; those of a transporter made from a pool are empty.
  return { ...options, ...inner?.options }
}

/** Reads limits as nodemailer does: a number, also as text, and none for nonsense. */
export function limitsIn(options: Options): NodemailerLimits {
  return {
    rateLimit: rateIn(options),
    maxConnections: count(options.maxConnections),
    maxMessages: count(options.maxMessages),
  }
}

function rateIn({
  rateLimit,
  rateDelta,
  sendingRate,
}: Options): Limit | undefined {
  const mails = count(rateLimit)
  if (mails) return { count: mails, windowMs: positive(rateDelta) ?? SECOND_MS }
  // Of SES, up to nodemailer 6: a store may have that.
  const perSecond = count(sendingRate)
  return perSecond ? { count: perSecond, windowMs: SECOND_MS } : undefined
}

function count(value: unknown): number | undefined {
  const number = positive(value)
  return number && Math.max(1, Math.floor(number))
}

function positive(value: unknown): number | undefined {
  const number = Number(value)
  return number > 0 && number < Infinity ? number : undefined
}
