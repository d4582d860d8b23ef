import type { OrderClaim } from "./order-claim"

/** Something that somebody did to a claim. */
export type ClaimEvent = OrderClaim["history"][number]

const ACTIONS = {
  confirm: "Confirmed",
  revert: "Given back",
  decline: "Declined",
  cancel: "Canceled",
  lift: "Block lifted",
} as const satisfies Record<ClaimEvent["action"], string>

const SIDES = {
  recipient: "by the recipient",
  claimant: "by the claimant",
  admin: "by the shop's staff",
} as const satisfies Record<ClaimEvent["by"], string>

/** The name of an action, and the side that acted. */
export const eventWords = ({ action, by }: Pick<ClaimEvent, "action" | "by">) =>
  ({ name: ACTIONS[action], side: SIDES[by] }) as const
