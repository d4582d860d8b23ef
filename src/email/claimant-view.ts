import type { Texts } from "../texts/texts"
import { isolated } from "./bidi"
import { Person, PersonView, personView } from "./person-view"

/** The customer who asks, as sentences name them. */
export interface ClaimantView extends PersonView {
  /** `Clara Customer (c***@example.com)`, or the address alone. */
  label: string
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
