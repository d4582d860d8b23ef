import type { Letter } from "../letter"

/** A task for nodemailer alone. */
export interface BareTask {
  /** The mail server's port. */
  port: number
  /** Sets TCP_NODELAY, as the plugin's transport does and nodemailer does not. */
  noDelay: boolean
  letter: Letter
  /** The domain of the mails for warming up, which are not measured. */
  warmDomain: string
  domain: string
  count: number
  /** The pause between two mails, in ms; without it, all are sent at once. */
  pause?: number
}

/** The times at which mails were handed to nodemailer; for a burst, the first. */
export interface BareReport {
  handedOver: Record<string, number>
}
