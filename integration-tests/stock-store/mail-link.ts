/**
 * The claim link in a mail: the first URL of the text part that carries a
 * token.
 *
 * @param tokenParam - the plugin's option `token_param`
 * @throws when there is none
 */
export function linkIn(mail: { text: string }, tokenParam = "token"): URL {
  const link = (mail.text.match(/https?:\/\/[^\s<>"]+/g) ?? [])
    .map((found) => new URL(found))
    .find(({ searchParams }) => searchParams.has(tokenParam))
  if (!link) {
    throw new Error(`no link with "${tokenParam}" in the mail:\n${mail.text}`)
  }
  return link
}

/** The token in a mail's claim link. */
export const tokenIn = (mail: { text: string }, tokenParam = "token"): string =>
  linkIn(mail, tokenParam).searchParams.get(tokenParam) ?? ""
