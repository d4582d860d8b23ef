/** True if something of a text can be seen: a letter, a digit, a mark or a symbol. */
export const isVisible = (text: string): boolean =>
  /[\p{L}\p{N}\p{P}\p{S}]/u.test(text)
