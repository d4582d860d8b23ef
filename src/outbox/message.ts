import type { Email } from "../email/email"
import type { Settings } from "../options/settings"
import type { Message } from "../transports/transport"

/**
 * An email, ready for the wire.
 *
 * @param key - makes the Message-ID, the same for each attempt with the same
 * content, so that mail systems see one mail
 */
export function messageOf(
  email: Email,
  to: string,
  key: string,
  { from, replyTo }: Settings
): Message {
  const domain = from.address.slice(from.address.lastIndexOf("@") + 1)
  return { ...email, from, replyTo, to, messageId: `<${key}@${domain}>` }
}
