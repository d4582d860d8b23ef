import { parseHttpUrl } from "../values/http-url"
import type { Claim } from "./claim"

/** A shop's page for links, as the options give it. */
export interface LinkTarget {
  claimUrl: string | ((claim: LinkedClaim) => string)
  tokenParam: string
}

/** What a `claim_url` function may choose by. */
export interface LinkedClaim {
  id: string
  customer_id: string
  order_ids: string[]
}

/**
 * The URL that is mailed: the shop's page with the token added to its query.
 * The page's own query and hash keep their meaning.
 *
 * @param action - what the page is asked to offer first, as the parameter `action`
 * @throws if a `claim_url` function gives anything but an http(s) URL, or one
 * that uses the token's parameter itself
 */
export function claimLink(
  claim: Pick<Claim, "id" | "customer_id" | "order_ids">,
  token: string,
  { claimUrl, tokenParam }: LinkTarget,
  action?: "decline"
): string {
  const { id, customer_id, order_ids } = claim
  const page =
    typeof claimUrl === "string"
      ? claimUrl
      : claimUrl({ id, customer_id, order_ids })

  const url = parseHttpUrl(page)
  if (!url || url.searchParams.has(tokenParam)) {
    throw new Error(
      `claim_url gave ${JSON.stringify(page) ?? String(page)} for claim ${id}; expected an http(s) URL without a parameter "${tokenParam}"`
    )
  }
  const separator = url.search ? "&" : "?"
  const asked = action ? `&action=${action}` : ""
  url.search += `${separator}${tokenParam}=${token}${asked}`
  return url.href
}
