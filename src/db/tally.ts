import { Claim, EVENT_TOKEN_GENERATION } from "../claims/claim"
import type { Limit, Limits, Tally } from "../claims/limits"
import type { Queryable } from "./database"

interface CountRow {
  who: string
  mailed: number
}

// Counts claims whose link was mailed or will be. A claim over a limit does not
// count, or asking again would extend the wait; nor does one that ended before any
// mail. An attempt is counted before its mail leaves. The attempts of a confirmed
// claim may belong to the mails about the confirm, so the generation decides: it
// shows if a link was mailed.
const COUNTED = `(
  status = 'pending' OR sent_at IS NOT NULL
  OR CASE WHEN status = 'confirmed' THEN confirmed_generation > ${EVENT_TOKEN_GENERATION}
    ELSE attempts > 0 END
)`

// $2: the length of the window in milliseconds
const SINCE = "now() - $2 * interval '1 millisecond'"

/**
 * Counts the mails to the recipients, and for the customers, of these claims. The
 * claims themselves do not count, should they be written already.
 */
export async function loadTally(
  db: Queryable,
  claims: (Pick<Claim, "customer_id" | "email"> & { id?: string })[],
  { perRecipient, perCustomer }: Limits
): Promise<Tally> {
  const recipients = claims.map(({ email }) => email.toLowerCase())
  const customers = claims.map(({ customer_id }) => customer_id)
  const except = claims.flatMap(({ id }) => id ?? [])
  return {
    perRecipient: await tallyRecipients(db, recipients, perRecipient, except),
    perCustomer: await tallyCustomers(db, customers, perCustomer, except),
  }
}

/** Counts the links mailed to these addresses (in lower case) within the limit's window. */
export async function tallyRecipients(
  db: Queryable,
  recipients: string[],
  { windowMs }: Limit,
  except: string[] = []
): Promise<Map<string, number>> {
  const rows = await db.query<CountRow>(
    `SELECT who, sum(mails)::int AS mailed FROM (
       SELECT lower(email) AS who, count(*) AS mails FROM order_claim
       WHERE lower(email) = ANY($1) AND ${COUNTED} AND created_at > ${SINCE}
         AND id <> ALL($3)
       GROUP BY 1
       UNION ALL
       SELECT lower(email), count(*)
       FROM order_claim, unnest(renewals) AS renewed_at
       WHERE lower(email) = ANY($1) AND renewals <> '{}'
         AND renewed_at > ${SINCE}
       GROUP BY 1
     ) links GROUP BY 1`,
    [recipients, windowMs, except]
  )
  return new Map(rows.map((row) => [row.who, row.mailed]))
}

/** Counts the mailed claims of these customers within the limit's window. */
export async function tallyCustomers(
  db: Queryable,
  customerIds: string[],
  { windowMs }: Limit,
  except: string[] = []
): Promise<Map<string, number>> {
  const rows = await db.query<CountRow>(
    `SELECT customer_id AS who, count(*)::int AS mailed FROM order_claim
     WHERE customer_id = ANY($1) AND ${COUNTED} AND created_at > ${SINCE}
       AND id <> ALL($3)
     GROUP BY 1`,
    [customerIds, windowMs, except]
  )
  return new Map(rows.map((row) => [row.who, row.mailed]))
}
