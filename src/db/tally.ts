import { Claim, EVENT_TOKEN_GENERATION } from "../claims/claim"
import { Counts, Limit, Limits, OVER_LIMIT, Tally } from "../claims/limits"
import { Bind, runBound } from "./bind"
import { MAILS_NOTICES } from "./claims"
import type { Queryable } from "./database"

interface CountRow {
  who: string
  mailed: Counts
}

// Counts claims whose link was mailed or will be. A claim over a limit does not
// count, or asking again would extend the wait; nor does one that ended before any
// mail. An attempt is counted before its mail leaves. The attempts of a confirmed
// claim may belong to the mails about the confirm, so the generation decides: it
// shows if a link was mailed.
const MAILED = `(
  status = 'pending' OR sent_at IS NOT NULL
  OR CASE WHEN ${MAILS_NOTICES} THEN confirmed_generation > ${EVENT_TOKEN_GENERATION}
    ELSE attempts > 0 END
)`

// Counts what was asked for by an address, mailed or not, unless it was over the
// customer's own limit: if an address without an order cost nothing, or one that is over
// its limit, even after a cancel, a customer could try any number of addresses, and learn
// from their own limit which have orders.
const ASKED = `(
  origin = 'address' AND status <> 'requested'
  AND last_error IS DISTINCT FROM '${OVER_LIMIT.customer}'
)`

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
    perRecipient: await tallyRecipients(db, recipients, perRecipient, {
      except,
    }),
    perCustomer: await tallyCustomers(db, customers, perCustomer, except),
  }
}

/** The claims that do not count. */
interface Uncounted {
  /** The ids of some. */
  except?: string[]
  /** Those whose link never arrived: so that each can be mailed again. */
  exceptFailed?: boolean
}

/**
 * Counts the links mailed to these addresses (in lower case), within the window of
 * each limit.
 */
export async function tallyRecipients(
  db: Queryable,
  recipients: string[],
  limits: Limit[],
  { except = [], exceptFailed = false }: Uncounted = {}
): Promise<Map<string, Counts>> {
  const arrived = exceptFailed
    ? "AND (status <> 'failed' OR sent_at IS NOT NULL)"
    : ""
  return tally(db, limits, (bind, since) => {
    const isTheirs = `lower(email) = ANY(${bind(recipients)})`
    return `SELECT lower(email) AS who, created_at AS at FROM order_claim
      WHERE ${isTheirs} AND ${MAILED} AND NOT first_mail_failed
        AND created_at > ${since} AND id <> ALL(${bind(except)}) ${arrived}
      UNION ALL
      SELECT lower(email), renewed_at
      FROM order_claim, unnest(renewals) AS renewed_at
      WHERE ${isTheirs} AND renewals <> '{}' AND renewed_at > ${since} ${arrived}`
  })
}

/**
 * Counts the claims that were mailed for these customers, or asked for an address,
 * within the window of each limit.
 */
export async function tallyCustomers(
  db: Queryable,
  customerIds: string[],
  limits: Limit[],
  except: string[] = []
): Promise<Map<string, Counts>> {
  return tally(
    db,
    limits,
    (bind, since) =>
      `SELECT customer_id AS who, created_at AS at FROM order_claim
       WHERE customer_id = ANY(${bind(customerIds)}) AND (${MAILED} OR ${ASKED})
         AND created_at > ${since} AND id <> ALL(${bind(except)})`
  )
}

/**
 * Counts, once for the window of each limit, what a statement finds.
 *
 * @param find - writes it, for what is younger than the longest window
 */
async function tally(
  db: Queryable,
  limits: Limit[],
  find: (bind: Bind, since: string) => string
): Promise<Map<string, Counts>> {
  const windows = limits.map(({ windowMs }) => windowMs)
  const rows = await runBound<CountRow>(db, (bind) => {
    const before = (windowMs: number) =>
      `now() - ${bind(windowMs)} * interval '1 millisecond'`
    const counts = windows.map(
      (windowMs) => `count(*) FILTER (WHERE at > ${before(windowMs)})`
    )
    const found = find(bind, before(Math.max(...windows)))
    return `SELECT who, ARRAY[${counts.join()}]::int[] AS mailed
      FROM (${found}) AS links GROUP BY who`
  })
  return new Map(rows.map((row) => [row.who, row.mailed]))
}
