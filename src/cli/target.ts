import type { Settings } from "../options/settings"

/** The page that links of this shop open, for an example claim. */
export function examplePage({ claimUrl }: Pick<Settings, "claimUrl">): string {
  if (typeof claimUrl === "string") return claimUrl
  return claimUrl({
    id: "oclaim_example",
    customer_id: "cus_example",
    order_ids: ["order_example"],
  })
}
