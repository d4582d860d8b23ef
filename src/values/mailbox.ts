import type { EmailAddress } from "./email-address"

/** A sender: `Name <address>` taken apart. */
export interface Mailbox {
  name: string
  address: EmailAddress
}
