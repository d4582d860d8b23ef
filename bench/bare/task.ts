import type { Letter } from "../letter"

/** What nodemailer alone is to send. */
export interface BareTask {
  /** The mail server's port. */
  port: number
  /** TCP_NODELAY, as the plugin's transport has it and nodemailer has not. */
  noDelay: boolean
  letter: Letter
  /** To warm up with; its mails are not measured. */
  warmDomain: string
  domain: string
  count: number
  /** One after the other, with a pause of so many ms; else all at once. */
  pause?: number
}

/** When each mail was handed to nodemailer; of a burst, the first one. */
export interface BareReport {
  handedOver: Record<string, number>
}
