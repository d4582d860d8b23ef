import type { Limit } from "../claims/limits"
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
  /** The token: removed from the recorded response, should the mail server repeat it. */
  secret?: string
}

/** The limits for using the mail server. */
export interface TransportLimits {
  /** Mails on the wire at once. */
  concurrency: number
  /** The time limit for connecting and for the greeting, each; in milliseconds. */
  connectionTimeoutMs: number
  /**
   * The time limit for one mail, from the moment when it has a connection, or may open
   * one; in milliseconds. Waiting for that has the same limit.
   */
  sendTimeoutMs: number
  /** The mails that may leave in a time, besides what the transport itself says. */
  rateLimit?: Limit
}

/** The outcome of an attempt; `response` is the mail server's reply, or the error. */
export type DeliveryOutcome =
  /** The mail server has accepted it. */
  | { type: "accepted"; response: string }
  /**
   * A temporary failure: network, time-out, 4xx, or a login or a sender that the shop
   * has to correct.
   */
  | { type: "deferred"; response: string }
  /**
   * A final failure: 5xx for this recipient or content, or an address that is not a
   * plain one.
   */
  | { type: "refused"; response: string }

/** The right to send one mail. */
export interface Turn {
  /**
   * Call it once the mail was sent or not.
   *
   * @param used - false if no mail was handed to the transport: then the next one may
   * leave at once
   */
  end(used: boolean): void
}

/** Moves an email. Knows nothing of claims or the database. */
export interface Transport {
  /**
   * Resolves when another mail may leave. Waiting for that counts against no time
   * limit. Take a turn before each `send`, and only for a mail that is there to be
   * sent: the first turn may call the shop's own `transport` function.
   *
   * @throws if `signal` is aborted first
   */
  turn(signal?: AbortSignal): Promise<Turn>
  /**
   * The mails that may leave without waiting for a turn; Infinity without a rate limit.
   * One that comes with the transport is known from the first turn on.
   */
  readonly turnsLeft: number
  /** Never throws, and resolves within twice the time limit for one mail. */
  send(message: Message): Promise<DeliveryOutcome>
  /** Closes idle connections. */
  close(): void
}
