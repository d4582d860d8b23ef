/** The page that links open, as the options set it. */
export interface LinkTarget {
  /** An http(s) URL that has no parameter of the token's name. */
  claimUrl: string
  tokenParam: string
}

/**
 * The URL that is mailed: the shop's page with the token added to its query.
 * The page's own query and hash keep their meaning.
 *
 * @param action - the action that the page should offer first; becomes the
 * parameter `action`
 */
export function claimLink(
  token: string,
  { claimUrl, tokenParam }: LinkTarget,
  action?: "decline" | "revert"
): string {
  const url = new URL(claimUrl)
  const separator = url.search ? "&" : "?"
  const actionParam = action ? `&action=${action}` : ""
  url.search += `${separator}${tokenParam}=${token}${actionParam}`
  return url.href
}
