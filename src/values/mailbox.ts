import type { EmailAddress } from "./email-address"

/** The two parts of `Name <address>`. */
export interface Mailbox {
  name: string
  address: EmailAddress
}
