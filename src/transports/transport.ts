import type { Email } from "../email/email"
import type { Mailbox } from "../options/schema"

/** An email with everything the wire needs to know. */
export interface Message extends Email {
  from: Mailbox
  replyTo: Mailbox | undefined
  /** Checked again right before sending: exactly one plain address, or nothing leaves. */
  to: string
  /** `<…@…>`: the same for every attempt with the same link. */
  messageId: string
  /** What nobody may record of it, should the mail server repeat it: the token. */
  secret?: string
}

/** What became of an attempt. */
export type DeliveryOutcome =
  /** The mail server has taken it. */
  | { type: "accepted"; answer: string }
  /** Not now: network, time-out, 4xx, or a login that the shop has to mend. */
  | { type: "deferred"; answer: string }
  /** Never: 5xx for this very message, or an address no mail may go to. */
  | { type: "refused"; answer: string }

/**
 * Moves an email. Knows nothing of claims or the database, never throws, and
 * answers within its time limit.
 */
export interface Transport {
  send(message: Message): Promise<DeliveryOutcome>
  /** Closes idle connections. */
  close(): void
}
