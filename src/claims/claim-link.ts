import { parseHttpUrl } from "../values/http-url"
import type { Claim } from "./claim"

/** The page that links open, as the options set it. */
export interface LinkTarget {
  claimUrl: string | ((claim: LinkedClaim) => string)
  tokenParam: string
}

/** The part of a claim that a `claim_url` function gets. */
export interface LinkedClaim {
  id: string
  customer_id: string
  order_ids: string[]
}

/**
 * The URL that is mailed: the shop's page with the token added to its query.
 * The page's own query and hash keep their meaning.
 *
 * @param action - the action that the page should offer first; becomes the
 * parameter `action`
 * @throws if a `claim_url` function returns anything but an http(s) URL, or one
 * that has the token's parameter already
 */
export function claimLink(
  claim: Pick<Claim, "id" | "customer_id" | "order_ids">,
  token: string,
  { claimUrl, tokenParam }: LinkTarget,
  action?: "decline" | "revert"
): string {
  const { id, customer_id, order_ids } = claim
  const page =
    typeof claimUrl === "string"
      ? claimUrl
      : claimUrl({ id, customer_id, order_ids })

  const url = parseHttpUrl(page)
  if (!url || url.searchParams.has(tokenParam)) {
    throw new Error(
      `claim_url returned ${JSON.stringify(page) ?? String(page)} for claim ${id}; expected an http(s) URL without a parameter "${tokenParam}"`
    )
  }
  const separator = url.search ? "&" : "?"
  const actionParam = action ? `&action=${action}` : ""
  url.search += `${separator}${tokenParam}=${token}${actionParam}`
  return url.href
}
