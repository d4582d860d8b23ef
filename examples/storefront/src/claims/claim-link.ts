/** What the link in the mail says. */
export interface ClaimLink {
  /** The secret. Kept in memory alone, never in storage or in a log. */
  token: string
  /** Whether the reader followed the mail's "this wasn't me". */
  declines: boolean
}

/**
 * Takes the token out of the address bar, and with it out of the history, out
 * of screenshots, and out of what people copy to ask for help.
 */
export function takeClaimLink(): ClaimLink | undefined {
  const address = new URL(window.location.href)
  const token = address.searchParams.get("token")
  if (!token) return undefined
  const declines = address.searchParams.get("action") === "decline"
  address.searchParams.delete("token")
  window.history.replaceState(window.history.state, "", address)
  return { token, declines }
}
