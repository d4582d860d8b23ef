import type { Email } from "../email/email"
import type { Mailbox } from "../values/mailbox"
import type { Message } from "../transports/transport"

/** The sender of the shop's mails, and the address for replies. */
export interface Sender {
  from: Mailbox
  replyTo: Mailbox | undefined
}

/**
 * Adds the sender, the recipient and the Message-ID to an email.
 *
 * @param key - identifies the mail in its Message-ID: the same for each attempt
 * with the same link, so that mail systems show the mail once
 */
export function addressEmail(
  email: Email,
  to: string,
  key: string,
  { from, replyTo }: Sender
): Message {
  const domain = from.address.slice(from.address.lastIndexOf("@") + 1)
  return { ...email, from, replyTo, to, messageId: `<${key}@${domain}>` }
}
