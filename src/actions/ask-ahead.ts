import { findClaim } from "../db/claims"
import type { Database } from "../db/database"
import type { AskStorefront } from "../options/ask-storefront"
import type { StorefrontAbout } from "../options/storefront"
import { ComposeDependencies, loadEmails } from "../outbox/compose"
import { aboutEmail } from "../outbox/settings-for"

/**
 * Calls the option `storefront` for a claim that is about to be mailed again, so that the
 * transaction that follows does not wait for the shop's own code.
 *
 * @returns the parts that compose the email with that answer
 */
export async function askAhead(
  db: Database,
  claimId: string,
  emails: ComposeDependencies
): Promise<ComposeDependencies> {
  const { storefront } = emails
  if (!storefront) return emails

  const about = await aboutResend(db, claimId, emails)
  // The function may change what it gets.
  const asked = JSON.stringify(about)
  const answer = about && storefront(about)
  // A failure counts where the email is written; it is thrown there again.
  await answer?.catch(() => undefined)
  const given: AskStorefront = (now) =>
    answer && JSON.stringify(now) === asked
      ? answer
      : Promise.reject(new Error("the claim has just changed: try again"))
  return { ...emails, storefront: given }
}

/** @returns `undefined` for a claim that is not emailed again */
async function aboutResend(
  db: Database,
  claimId: string,
  emails: ComposeDependencies
): Promise<StorefrontAbout | undefined> {
  const claim = await findClaim(db, { id: claimId })
  if (!claim) return undefined

  // The fresh link begins without attempts.
  const fresh = { ...claim, unrecorded_attempts: 0 }
  const [loaded] = await db.transaction((tx) => loadEmails(tx, [fresh], emails))
  return loaded?.plan.type === "request"
    ? aboutEmail(loaded.plan, loaded.orders, emails.settings)
    : undefined
}
