import { maskAddress } from "../values/email-address"
import type { Texts } from "../texts/texts"
import { isolated } from "./bidi"
import { plainText, withoutLinks } from "./plain-text"

/** A customer, as an email names them to others. */
export interface PersonView {
  /** The name in their account; may be empty. */
  name: string
  /** Masked: the reader learns who it is, not how to reach them. */
  email: string
}

/** The customer who asks, as sentences name them. */
export interface ClaimantView extends PersonView {
  /** `Clara Customer (c***@example.com)`, or the address alone. */
  label: string
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

/**
 * Makes the view of the claimant. A mail to the claimant's own address never shows the
 * account's name, not even in a shop's own template: Medusa verifies no address, so the
 * name may be the words of a stranger who registered with the reader's address.
 */
export function claimantView(
  claimant: Person,
  ownAddress: boolean,
  locale: string,
  texts: Texts
): ClaimantView {
  const { name, email } = personView(claimant)
  const view = { name: ownAddress ? "" : name, email }
  return { ...view, label: labelOf(view, locale, texts) }
}

function labelOf(person: PersonView, locale: string, texts: Texts): string {
  const name = isolated(person.name, locale)
  const email = isolated(person.email, locale)
  return name ? texts("person", { name, email }) : email
}

/** Masks an address and limits its length: `g***@example.com`. */
export function maskedAddress(email: string): string {
  return plainText(maskAddress(email), ADDRESS_LENGTH)
}
