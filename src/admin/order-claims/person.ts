/** Somebody with an address and perhaps a name. */
export interface Person {
  email: string
  first_name?: string | null
  last_name?: string | null
}

/** The name of a person, or "" if there is none. */
export const fullName = ({ first_name, last_name }: Person): string =>
  [first_name, last_name].filter(Boolean).join(" ")

/** The name and the address: "Clara Customer, clara@example.com". */
export const nameAndEmail = (person: Person): string =>
  [fullName(person), person.email].filter(Boolean).join(", ")
