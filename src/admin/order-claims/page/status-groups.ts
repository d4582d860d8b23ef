import type { ClaimStatus } from "../../../claims/claim"
import { countText } from "../count"
import type { ClaimCounts } from "../order-claim"

/** The statuses that staff look at together. */
export interface StatusGroup {
  label: string
  status: readonly ClaimStatus[]
}

/** The groups above the table, the urgent ones first. */
export const STATUS_GROUPS: readonly StatusGroup[] = [
  { label: "To be emailed", status: ["requested", "pending"] },
  { label: "Email failed", status: ["failed"] },
  { label: "Waiting for confirmation", status: ["sent"] },
  { label: "Confirmed", status: ["confirmed"] },
  { label: "Given back", status: ["reverted"] },
  { label: "Declined", status: ["declined"] },
  { label: "Canceled", status: ["canceled"] },
  { label: "Not emailed", status: ["throttled", "ineligible"] },
]

/** True if these are the statuses of the group, in any order. */
export const isGroup = (
  { status }: StatusGroup,
  chosen: readonly ClaimStatus[]
): boolean =>
  status.length === chosen.length && status.every((s) => chosen.includes(s))

/** The number of claims in a group, as the page shows it. */
export function groupCount(
  { status }: StatusGroup,
  counts: ClaimCounts
): string {
  return countText(status.reduce((sum, one) => sum + counts[one], 0))
}
