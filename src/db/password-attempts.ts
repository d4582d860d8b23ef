import { Claim, MAX_PASSWORD_ATTEMPTS } from "../claims/claim"
import type { Queryable } from "./database"

/**
 * Counts a password before it is checked: so that of many at once no more are checked
 * than one after the other.
 *
 * @returns false if enough were tried with the link of this generation, or it is not
 * the newest any more
 */
export async function countPassword(
  db: Queryable,
  { id, token_generation }: Pick<Claim, "id" | "token_generation">
): Promise<boolean> {
  const rows = await db.query(
    `UPDATE order_claim SET password_attempts = password_attempts + 1
     WHERE id = $1 AND token_generation = $2 AND password_attempts < $3
     RETURNING id`,
    [id, token_generation, MAX_PASSWORD_ATTEMPTS]
  )
  return rows.length > 0
}

/** Forgets the wrong passwords that were tried before the right one. */
export async function forgetPasswords(
  db: Queryable,
  { id, token_generation }: Pick<Claim, "id" | "token_generation">
): Promise<void> {
  await db.query(
    `UPDATE order_claim SET password_attempts = 0
     WHERE id = $1 AND token_generation = $2`,
    [id, token_generation]
  )
}
