import { maskAddress } from "../values/email-address"
import { plainText, withoutLinks } from "./plain-text"

/** A customer, as an email names them to others. */
export interface PersonView {
  /** The name in their account; may be empty. */
  name: string
  /** Masked: the reader learns who it is, not how to reach them. */
  email: string
}

/** The data that a person's view is made from. */
export interface Person {
  email: string
  first_name: string | null
  last_name: string | null
}

const NAME_LENGTH = 60
const ADDRESS_LENGTH = 80

/** Makes the view of a person. The name is sanitized, the address masked. */
export function personView({
  email,
  first_name,
  last_name,
}: Person): PersonView {
  const name = [first_name, last_name].filter(Boolean).join(" ")
  return {
    name: withoutLinks(plainText(name, NAME_LENGTH)),
    email: maskedAddress(email),
  }
}

/** Masks an address and limits its length: `g***@example.com`. */
export function maskedAddress(email: string): string {
  return plainText(maskAddress(email), ADDRESS_LENGTH)
}
