import type { Email } from "../email/email"
import type { Mailbox } from "../values/mailbox"
import type { Message } from "../transports/transport"

/** The sender of the shop's mails, and where replies go. */
export interface Sender {
  from: Mailbox
  replyTo: Mailbox | undefined
}

/**
 * Makes an email ready for the wire.
 *
 * @param key - makes the Message-ID, the same for each attempt with the same
 * content, so that mail systems see one mail
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
