import type { Email } from "../email/email"
import type { Mailbox } from "../values/mailbox"

/** An email with its sender and recipient, ready for the wire. */
export interface Message extends Email {
  from: Mailbox
  replyTo: Mailbox | undefined
  /** Checked again right before sending: exactly one plain address, or nothing leaves. */
  to: string
  /** `<…@…>`: the same for every attempt with the same link. */
  messageId: string
  /** The token: must not be recorded, should the mail server repeat it. */
  secret?: string
}

/** How a transport may use the mail server. */
export interface TransportLimits {
  /** Mails on the wire at once. */
  concurrency: number
  /** For connecting and for the greeting, in milliseconds. */
  connectionTimeoutMs: number
  /** For one mail as a whole, in milliseconds. */
  sendTimeoutMs: number
}

/** The outcome of an attempt; `response` is the mail server's reply, or the error. */
export type DeliveryOutcome =
  /** The mail server has taken it. */
  | { type: "accepted"; response: string }
  /** Not now: network, time-out, 4xx, or a login that the shop has to correct. */
  | { type: "deferred"; response: string }
  /** Never: 5xx for this very message, or an address no mail may go to. */
  | { type: "refused"; response: string }

/**
 * Moves an email. Knows nothing of claims or the database, never throws, and
 * answers within its time limit.
 */
export interface Transport {
  send(message: Message): Promise<DeliveryOutcome>
  /** Closes idle connections. */
  close(): void
}
