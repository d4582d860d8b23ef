import type { AuthService } from "@medusajs/medusa"
import type { PresentedToken } from "../claims/claim-token"
import type { EligibilityRules } from "../claims/eligibility"
import { judgeClaim } from "../claims/judgement"
import { linkStatusOf, refusalOf } from "../claims/link-status"
import {
  loginRequired,
  OrderClaimRefusal,
  wrongPassword,
} from "../claims/refusal"
import { loadClaimFacts } from "../db/claim-facts"
import { ClaimRow } from "../db/claims"
import { countPassword, forgetPasswords } from "../db/password-attempts"
import { CustomerRow, hasPassword } from "../db/customers"
import type { Database, Queryable } from "../db/database"
import { inShopTransaction, ShopTransaction } from "../db/shop-transaction"
import {
  confirmAndHandOver,
  ConfirmDependencies,
  ConfirmingStore,
} from "./confirm-and-hand-over"
import {
  confirmWith,
  findPresentedClaim,
  lineOf,
  requireClaim,
} from "./presented-claim"
import { Turns } from "./turns"

// Each check holds one of the shop's connections while it computes.
const CHECKS_AT_ONCE = 2

/** The password checks that run in this process. */
export const newPasswordTurns = (): Turns => new Turns(CHECKS_AT_ONCE)

/** The parts that confirm with a password. */
export interface PasswordDependencies extends ConfirmDependencies {
  db: Database
  passwords: Turns
}

/** The part of a store that checks a password and confirms. */
export interface LoginStore extends ConfirmingStore {
  authService: Pick<AuthService, "withTransaction">
}

/**
 * Confirms the claim of a token as its claimant, whose password the reader gives: for
 * a page that knows no login. It is checked for every claim, even for one that anybody
 * may confirm by now: the reader was asked for it.
 *
 * @throws {OrderClaimRefusal}, `MedusaError` `unauthorized` for a wrong password or an
 * account without one, or {WaitedTooLong}
 */
export async function confirmWithPassword(
  dependencies: PasswordDependencies,
  store: LoginStore,
  token: PresentedToken,
  password: string
): Promise<void> {
  const { db, passwords, rules } = dependencies
  const name = `the password check before ${confirmWith(token)}`
  const claimantId = await passwords.take(lineOf(token), name, async () => {
    const { claim, claimant } = await openQuestion(db, token, rules)
    if (!password || !(await hasPassword(db, claimant.id))) {
      throw loginRequired()
    }
    if (!(await countPassword(db, claim))) throw refusalOf("expired")
    const isRight = await inShopTransaction(store.manager, name, (tx) =>
      isPasswordOf(store, tx, claimant, password)
    )
    if (!isRight) throw wrongPassword()
    await forgetPasswords(db, claim)
    return claimant.id
  })
  await confirmAndHandOver(dependencies, store, token, claimantId)
}

/** @throws {OrderClaimRefusal} unless the link is open and may still confirm */
async function openQuestion(
  db: Queryable,
  token: PresentedToken,
  rules: EligibilityRules
): Promise<{ claim: ClaimRow; claimant: CustomerRow }> {
  const claim = requireClaim(await findPresentedClaim(db, token))
  const status = linkStatusOf(claim, token, new Date())
  if (status !== "open") throw refusalOf(status)

  const factsOf = await loadClaimFacts(db, [claim])
  const judgement = judgeClaim(claim, factsOf(claim), rules)
  if (judgement.type === "ineligible") {
    throw new OrderClaimRefusal("order_claim_stale")
  }
  return { claim, claimant: judgement.claimant }
}

/** Checks a password by core's own service, as its login does. */
async function isPasswordOf(
  { authService }: LoginStore,
  tx: ShopTransaction,
  { id, email }: CustomerRow,
  password: string
): Promise<boolean> {
  const { success, customer } = await authService
    .withTransaction(tx.manager)
    .authenticateCustomer(email, password)
  // Core takes an error of the database for a wrong password; after one, this throws.
  await tx.query("SELECT 1")
  return success && customer?.id === id
}
