import { seconds } from "../values/waited-too-long"
import type { Queryable } from "./database"

/** The limits of a transaction, each for one step of it, in milliseconds. */
export interface TransactionLimits {
  /** The database's limit of the wait for one lock. */
  lockMs: number
  /** The database's limit of one statement. */
  statementMs: number
  /** The database's limit of the time in which it is asked nothing. */
  idleMs: number
  /** The limit on this side, for a database of which nothing is heard. */
  silenceMs: number
}

/** The limits of a confirm. */
export const TRANSACTION_LIMITS: TransactionLimits = {
  // Another server may be moving thousands of orders of the same claim: ten seconds.
  lockMs: 20_000,
  // Longer than for a lock, or the error would not say that it was one.
  statementMs: 25_000,
  // If this server has vanished, its locks must not stay.
  idleMs: 20_000,
  // Longer than the database's own limits, which are the better news.
  silenceMs: 30_000,
}

/**
 * Sets the database's limits for this transaction only, as `SET LOCAL` does: behind a
 * pooler, the connection serves others afterwards. A stricter limit of the shop's own
 * stays.
 */
export async function setLimits(
  tx: Queryable,
  { lockMs, statementMs, idleMs }: TransactionLimits
): Promise<void> {
  await tx.query(
    `SELECT set_config(name, ms::text, true)
     FROM pg_settings JOIN (VALUES
       ('lock_timeout', $1::int),
       ('statement_timeout', $2),
       ('idle_in_transaction_session_timeout', $3)
     ) AS wanted (name, ms) USING (name)
     WHERE setting = '0' OR setting::int > ms`,
    [lockMs, statementMs, idleMs]
  )
}

/**
 * Says in words which of the database's limits has ended a transaction.
 *
 * @param waitedMs - the time that the last step has taken
 * @returns `undefined` for any other error
 */
export function describeTimeout(
  error: unknown,
  waitedMs: number
): string | undefined {
  const time = seconds(waitedMs)
  const { code } = Object(error) as { code?: unknown }
  switch (code) {
    case "55P03":
      return `waited ${time} for a lock on the claim or its orders`
    case "57014":
      return `waited ${time} for a statement, and the database canceled it`
    case "25P03":
      return `sent the database nothing for ${time}, so the database closed the connection`
    default:
      return undefined
  }
}
