import type { Queryable } from "../db/database"
import { findClaim } from "../db/claims"
import { loadClaimFacts } from "../db/claim-facts"
import { copyNotifications, insertNotifications } from "../db/notifications"
import type { ResentClaim } from "./resend"

/**
 * Writes the notifications of a resend that core did not make, so that each order's page
 * shows the mail: copies, as core makes them, or the first ones, for a claim that was
 * not mailed before.
 */
export async function recordResentMail(
  db: Queryable,
  claimId: string,
  { to }: ResentClaim
): Promise<void> {
  const claim = await findClaim(db, { id: claimId })
  if (!claim || (await copyNotifications(db, claim, to))) return

  const { orders } = (await loadClaimFacts(db, [claim]))(claim)
  const mails = orders.map((order) => ({ claim, order, to }))
  await insertNotifications(db, mails)
}
