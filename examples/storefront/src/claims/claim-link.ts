/** The parameters of the link in an email. */
export interface ClaimLink {
  /** The secret. Kept in memory only, never in storage or in a log. */
  token: string
  /** True if the reader followed the email's "it wasn't me". */
  declines: boolean
  /** True if the reader followed the link that takes a confirm back. */
  reverts: boolean
}

/**
 * Removes the token from the address bar, and so from the history, from screenshots,
 * and from addresses that people copy.
 */
export function takeClaimLink(): ClaimLink | undefined {
  const address = new URL(window.location.href)
  const token = address.searchParams.get("token")
  if (!token) return undefined
  const action = address.searchParams.get("action")
  address.searchParams.delete("token")
  window.history.replaceState(window.history.state, "", address)
  return {
    token,
    declines: action === "decline",
    reverts: action === "revert",
  }
}
