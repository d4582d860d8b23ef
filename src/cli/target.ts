import type { LinkedClaim } from "../claims/claim-link"
import type { Settings } from "../options/settings"

/** The claim that the examples show. */
export const EXAMPLE_CLAIM: LinkedClaim = {
  id: "oclaim_example",
  customer_id: "cus_example",
  order_ids: ["order_example"],
}

/** The page that links of this shop open, for an example claim. */
export function examplePage({ claimUrl }: Pick<Settings, "claimUrl">): string {
  return typeof claimUrl === "string" ? claimUrl : claimUrl(EXAMPLE_CLAIM)
}
