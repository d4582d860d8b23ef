import { nameAndEmail, type Person } from "./person"

/** A search: the word that core looks for, and the others. */
interface CustomerSearch {
  word: string
  others: string[]
}

/**
 * Splits what was typed. Core looks for a text in the first name, in the last name and in
 * the address, one by one, so that it finds nobody by a whole name: it gets the longest word.
 */
export function splitSearch(text: string): CustomerSearch {
  const [word = "", ...others] = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .sort((one, other) => other.length - one.length)
  return { word, others }
}

/** True if a customer's name and address contain all of these words. */
export function hasWords(customer: Person, words: string[]): boolean {
  const all = nameAndEmail(customer).toLowerCase()
  return words.every((word) => all.includes(word.toLowerCase()))
}
