import type { Shop } from "../stock-store"

/** The columns in which a copy differs. */
export interface Changes {
  id?: string
  status?: string
  email?: string
  created_at?: string
}

/**
 * Copies a claim in one statement. Unless they get ids of their own, the copies are newer
 * than it, the last one the newest; nothing of them is in the outbox.
 *
 * @param changesOf - the columns in which the n-th copy differs, from 1
 */
export async function copyClaim(
  { query }: Pick<Shop, "query">,
  claimId: string,
  count: number,
  changesOf: (n: number) => Changes
): Promise<void> {
  const copies = Array.from({ length: count }, (_, index) => ({
    // After the time, a ULID is 16 random digits: Z is the last digit of all.
    id: `${claimId.slice(0, -16)}${"Z".repeat(12)}${String(index + 1).padStart(4, "0")}`,
    event_token_hash: null,
    next_attempt_at: null,
    ...changesOf(index + 1),
  }))
  await query(
    `INSERT INTO order_claim
     SELECT (jsonb_populate_record(c, copy)).*
     FROM order_claim c, jsonb_array_elements($1::jsonb) AS copy
     WHERE c.id = $2`,
    [JSON.stringify(copies), claimId]
  )
}
