import { Limits, takeForRecipient } from "../claims/limits"
import type { Database, Queryable } from "../db/database"
import {
  countFailed,
  FailedClaim,
  lockFailed,
  requeueFailed,
  requeueNotices,
} from "../db/failed-claims"
import { lockOpening } from "../db/lock-opening"
import { tallyRecipients } from "../db/tally"
import type { TimeRange } from "../values/time-range"

/** The parts that mail the failed ones again. */
export interface RetryDependencies {
  db: Database
  rules: { limits: Limits | false }
}

/** The outcome of a retry. */
export interface RetryResult {
  /** The claims that are in the outbox again. */
  queued: number
  /** Those that stay failed for now: their address has had enough. */
  limited: number
  /** Those that failed in that time and are not in the outbox; includes `limited`. */
  left: number
}

/** The most claims that one call puts into the outbox, and that it looks at for that. */
const MAX_QUEUED = 1000
const MAX_LOOKED_AT = 10_000
/** The claims, and the orders, of one transaction: it holds the lock of opening. */
const BATCH = 100
const MAX_ORDERS = 1000

/**
 * Puts what failed in a time into the outbox again: mails with a link, within the limit
 * of their recipient, and mails about a confirmation or a revert. It does so a little at a
 * time; whoever wants more calls again.
 */
export async function retryFailed(
  { db, rules }: RetryDependencies,
  range: TimeRange
): Promise<RetryResult> {
  let [queued, limited, lookedAt] = [0, 0, 0]
  let after: FailedClaim | undefined
  while (queued < MAX_QUEUED && lookedAt < MAX_LOOKED_AT) {
    const most = Math.min(BATCH, MAX_QUEUED - queued)
    const batch = await db.transaction(async (tx) => {
      const failed = firstOf(await lockFailed(tx, range, most, after))
      const within = await withinLimits(tx, failed, rules.limits)
      await requeueFailed(
        tx,
        within.map(({ id }) => id)
      )
      return { failed, within }
    })
    if (!batch.failed.length) break

    after = batch.failed[batch.failed.length - 1]
    lookedAt += batch.failed.length
    queued += batch.within.length
    limited += batch.failed.length - batch.within.length
  }
  queued += await requeueNotices(db, range, MAX_QUEUED - queued)
  return { queued, limited, left: await countFailed(db, range) }
}

/** Takes the first claims, at least one, that have no more orders than a batch may. */
function firstOf(claims: FailedClaim[]): FailedClaim[] {
  let orders = 0
  return claims.filter(({ order_ids }, at) => {
    orders += order_ids.length
    return at === 0 || orders <= MAX_ORDERS
  })
}

/**
 * Selects the claims whose recipient may get another link, and counts them; takes the
 * lock of opening for that. What failed does not count: it has not arrived. A claim without
 * orders is not mailed yet: its limits are checked when they are looked up.
 */
async function withinLimits(
  db: Queryable,
  claims: FailedClaim[],
  limits: Limits | false
): Promise<FailedClaim[]> {
  if (!limits || !claims.length) return claims

  await lockOpening(db)
  const { perRecipient } = limits
  const recipients = claims.map(({ email }) => email.toLowerCase())
  const mailed = await tallyRecipients(db, recipients, perRecipient, {
    exceptFailed: true,
  })
  return claims.filter(
    ({ email, order_ids }) =>
      !order_ids.length || takeForRecipient(email, mailed, perRecipient)
  )
}
