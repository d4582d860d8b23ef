import type { ClaimRequest } from "../../claims/claim-request"
import type { EventToken, PresentedToken } from "../../claims/claim-token"
import { OrderClaimRefusal } from "../../claims/refusal"
import type { Database, Queryable } from "../../db/database"
import type { ClaimRow } from "../../db/claims"
import { EventClaim, MINUTE, RULES } from "../../db/__tests__/test-database"
import { confirmClaim, ConfirmRules, HandOver } from "../confirm"

/** The rules of a confirm, unless a test has others. */
export const CONFIRM_RULES: ConfirmRules = {
  ...RULES,
  requireLogin: false,
  notifyOnConfirm: true,
}

/** Makes the link of a claim, as its reader presents it. */
export const link = (
  claim: Pick<ClaimRow, "id">,
  generation = 1
): PresentedToken => ({ type: "link", claimId: claim.id, generation })

/** Makes the event's own token, signed within this second. */
export const eventToken = (
  request: Omit<ClaimRequest, "email">,
  { issuedAt = new Date(Date.now() + 1000), lifeMs = 15 * MINUTE } = {}
): EventToken => ({
  type: "event",
  generation: 0,
  event_token_hash: request.event_token_hash,
  request,
  issuedAt,
  expiresAt: new Date(Date.now() + lifeMs),
})

/** Makes the token of the event that has opened a claim. */
export const eventTokenOf = (claim: EventClaim): EventToken =>
  eventToken({
    customer_id: claim.customer_id,
    order_ids: claim.order_ids,
    event_token_hash: claim.event_token_hash,
  })

/** Returns the code of a refusal; `"done"` if there was none. */
export async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  const error: unknown = await work.then(
    () => "done",
    (reason: unknown) => reason
  )
  return error instanceof OrderClaimRefusal ? error.code : error
}

/** Moves the orders of a confirmation as core does, within this transaction. */
export const moveOrders =
  (tx: Queryable): HandOver =>
  async ({ claimant, moving }) => {
    await tx.query(
      `UPDATE "order" SET customer_id = $2, email = $3, updated_at = now()
       WHERE id = ANY($1)`,
      [moving, claimant.id, claimant.email]
    )
  }

/** Confirms in a transaction of its own, and moves the orders. */
export const confirmAndMove = (
  db: Database,
  token: PresentedToken,
  rules: Partial<ConfirmRules> = {},
  customerId?: string
) =>
  db.transaction((tx) =>
    confirmClaim(
      tx,
      token,
      { ...CONFIRM_RULES, ...rules },
      moveOrders(tx),
      customerId
    )
  )

/** Changes an order directly in the database. */
export const changeOrder = (
  db: Queryable,
  id: string | undefined,
  assignments: string
) => db.query(`UPDATE "order" SET ${assignments} WHERE id = $1`, [id])
