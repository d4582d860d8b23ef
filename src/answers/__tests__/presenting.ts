import type { EventToken, PresentedToken } from "../../claims/claim-token"
import { OrderClaimRefusal } from "../../claims/refusal"
import type { Queryable } from "../../rows/database"
import type { ClaimRow } from "../../rows/claims"
import { MINUTE, RULES } from "../../rows/__tests__/test-database"
import type { Confirmation, ConfirmRules } from "../confirm"

/** What a confirm obeys unless a test says otherwise. */
export const CONFIRM_RULES: ConfirmRules = {
  ...RULES,
  requireLogin: false,
  notifyOnConfirm: true,
}

/** The link of a claim, as its reader presents it. */
export const link = (
  claim: Pick<ClaimRow, "id">,
  generation = 1
): PresentedToken => ({ type: "link", claimId: claim.id, generation })

/** The event's own token, signed within this second. */
export const eventToken = (
  request: { claimantId: string; orderIds: string[]; eventTokenHash: string },
  { issuedAt = new Date(Date.now() + 1000), lifeMs = 15 * MINUTE } = {}
): EventToken => ({
  type: "event",
  generation: 0,
  eventTokenHash: request.eventTokenHash,
  request,
  issuedAt,
  expiresAt: new Date(Date.now() + lifeMs),
})

/** The token of the event that has opened a claim. */
export const eventTokenOf = (claim: ClaimRow): EventToken =>
  eventToken({
    claimantId: claim.customer_id,
    orderIds: claim.order_ids,
    eventTokenHash: claim.event_token_hash,
  })

/** The code of a refusal; `"done"` if there was none. */
export async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  const error: unknown = await work.then(
    () => "done",
    (reason: unknown) => reason
  )
  return error instanceof OrderClaimRefusal ? error.code : error
}

/** Lets the orders change hands, as the service does it. */
export const move = (tx: Queryable, { claimant, moving }: Confirmation) =>
  tx.query(
    `UPDATE "order" SET customer_id = $2, email = $3, updated_at = now()
     WHERE id = ANY($1)`,
    [moving, claimant.id, claimant.email]
  )

/** Changes an order behind the plugin's back. */
export const changeOrder = (
  db: Queryable,
  id: string | undefined,
  assignments: string
) => db.query(`UPDATE "order" SET ${assignments} WHERE id = $1`, [id])
