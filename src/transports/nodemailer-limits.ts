type Options = Record<string, unknown>

/** The limits in the options of a nodemailer transport. */
export interface NodemailerLimits {
  /** Set for nodemailer's pool, which has this many connections. */
  maxConnections?: number
  /** The mails that one connection may carry. */
  maxMessages?: number
}

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
    maxConnections: wholeNumber(options.maxConnections),
    maxMessages: wholeNumber(options.maxMessages),
  }
}

function wholeNumber(value: unknown): number | undefined {
  const number = Number(value)
  if (!(number > 0 && number < Infinity)) return undefined
  return Math.max(1, Math.floor(number))
}
