import type { Claim } from "../claims/claim"
import { MAILS_NOTICES } from "./claims"
import type { Queryable } from "./database"

/** A claim as it was when its email was composed. */
export type ComposedState = Pick<Claim, "id" | "token_generation" | "status">

/**
 * Counts an attempt on each of these claims, before its mail leaves: so that it is
 * counted even if its outcome is never recorded. Should the server die, the claim
 * comes after all that are due already: a server that dies again and again must not
 * use up the attempts of a few. Does not wait for a claim that somebody else has
 * locked.
 *
 * @returns the ids of the claims that may be mailed: those that `owner` has on lease,
 * and that did not change since they were composed
 */
export async function beginAttempts(
  db: Queryable,
  owner: string,
  claims: ComposedState[]
): Promise<Set<string>> {
  const rows = await db.query<{ id: string }>(
    `UPDATE order_claim SET
       attempts = attempts + 1, unrecorded_attempts = unrecorded_attempts + 1,
       notice_attempts = notice_attempts + ${MAILS_NOTICES}::int,
       next_attempt_at = now()
     WHERE id = ANY (ARRAY(
       SELECT claim.id FROM order_claim claim
       JOIN unnest($2::text[], $3::int[], $4::text[])
         AS composed (id, token_generation, status) USING (id)
       WHERE claim.id = ANY($2) AND claim.leased_by = $1
         AND claim.status = composed.status
         AND claim.token_generation = composed.token_generation
       FOR UPDATE OF claim SKIP LOCKED
     ))
     RETURNING id`,
    [
      owner,
      claims.map(({ id }) => id),
      claims.map(({ token_generation }) => token_generation),
      claims.map(({ status }) => status),
    ]
  )
  return new Set(rows.map(({ id }) => id))
}
