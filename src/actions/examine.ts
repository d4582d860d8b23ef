import type { PresentedToken } from "../claims/claim-token"
import { EligibilityRules, canGoBack, OrderFacts } from "../claims/eligibility"
import { ERASED } from "../claims/erasure"
import { judgeClaim } from "../claims/judgement"
import { isLocked, LinkStatus, linkStatusOf } from "../claims/link-status"
import { isOwnClaim, needsLogin } from "../claims/own-address"
import { OrderClaimRefusal } from "../claims/refusal"
import { isOfConfirm, RevertToken } from "../claims/revert-token"
import { loadClaimFacts } from "../db/claim-facts"
import { ClaimRow, findClaim } from "../db/claims"
import { CustomerRow, hasPassword, loadEvenDeleted } from "../db/customers"
import type { Queryable } from "../db/database"
import { loadListedOrders } from "../db/orders"
import { pickById } from "../db/pick"
import type { StorefrontClaim } from "../options/storefront"
import { LISTED_ORDERS, OrderSource } from "../email/order-view"
import { findPresentedClaim, requireClaim } from "./presented-claim"

/** A presented token, judged with its claim and its orders. */
export type ExaminedClaim = {
  /** The language of the mail with the link; `null` for the shop's own. */
  locale: string | null
  subject: ClaimSubject
} & (
  | {
      /** `revertable`: the token takes a confirm back, and still can. */
      status: "open" | "revertable"
      question: Question
    }
  | {
      status: "expired"
      /** True if it has expired because of wrong passwords. */
      isLocked: boolean
      /** True if the token would have taken a confirm back. */
      reverts?: boolean
    }
  | {
      status: "stale"
      /** True if the token would have taken a confirm back, and nothing can go back. */
      reverts?: boolean
    }
  | { status: Exclude<LinkStatus, "open" | "expired" | "stale" | "invalid"> }
)

/** The claim of a page, and its orders. */
export interface ClaimSubject {
  /** As the option `storefront` gets it. */
  claim: StorefrontClaim
  /** True if the email was for the claimant's own address. */
  ownAddress: boolean
  /** The orders that the page is about: those that would change hands, or that did. */
  orderIds: string[]
}

/** The rules of a lookup. */
export interface ExamineRules extends EligibilityRules {
  requireLogin: boolean
}

/** The details of an open claim, on which its reader decides. */
export interface Question {
  expiresAt: Date
  /** True if the orders have the claimant's own address. */
  ownAddress: boolean
  /** Without a name if `ownAddress`. */
  claimant: CustomerRow
  /** True if only the claimant, logged in, may confirm. */
  loginRequired: boolean
  /** True if the claimant's account has a password. */
  hasPassword: boolean
  /** The number of orders that would change hands. */
  orderCount: number
  /** The first five of them. */
  orders: OrderSource[]
}

/**
 * Examines the claim of a token. Changes and locks nothing.
 *
 * @throws {OrderClaimRefusal} if no claim has this token
 */
export async function examineClaim(
  db: Queryable,
  token: PresentedToken,
  rules: ExamineRules
): Promise<ExaminedClaim> {
  const claim = requireClaim(await findPresentedClaim(db, token))
  const known = { locale: claim.locale, subject: subjectOf(claim) }
  const status = linkStatusOf(claim, token, new Date())
  if (status === "invalid") throw new OrderClaimRefusal("order_claim_invalid")
  if (status === "expired") {
    return { ...known, status, isLocked: isLocked(claim) }
  }
  if (status !== "open") return { ...known, status }

  const factsOf = await loadClaimFacts(db, [claim])
  const judgement = judgeClaim(claim, factsOf(claim), rules)
  switch (judgement.type) {
    case "eligible": {
      const { claimant, orders } = judgement
      const loginRequired = needsLogin(claim, claimant, rules)
      const question = {
        ...(await questionOf(db, claim, claimant, orders)),
        loginRequired,
      }
      const subject = subjectOf(claim, idsOf(orders))
      return { ...known, subject, status, question }
    }
    case "done":
      return { ...known, status: "confirmed" }
    case "ineligible":
      return { ...known, status: "stale" }
  }
}

/**
 * Examines a token that takes a confirm back. Changes and locks nothing.
 *
 * @throws {OrderClaimRefusal} if no confirm has this token
 */
export async function examineRevert(
  db: Queryable,
  token: RevertToken
): Promise<ExaminedClaim> {
  const claim = requireClaim(await findClaim(db, { id: token.claimId }))
  const known = { locale: claim.locale, subject: subjectOf(claim) }
  const nothing = { ...known, status: "stale", reverts: true } as const
  if (claim.reverted_at) {
    const isBack = claim.reverted_order_ids.length > 0
    return isBack ? { ...known, status: "reverted" } : nothing
  }
  if (!isOfConfirm(token, claim)) {
    throw new OrderClaimRefusal("order_claim_invalid")
  }
  if (new Date() >= token.expiresAt) {
    return { ...known, status: "expired", isLocked: false, reverts: true }
  }
  if (claim.email === ERASED) return nothing
  const order_ids = claim.moved_orders.map(({ id }) => id)
  const moved = { ...claim, order_ids }
  const { orders } = (await loadClaimFacts(db, [moved]))(moved)
  const theirs = orders.filter((order) => canGoBack(order, claim))
  // The orders of a deleted account go back, too.
  const claimant = await loadEvenDeleted(db, claim.customer_id)
  if (!claimant || !theirs.length) return nothing

  const question = {
    ...(await questionOf(db, claim, claimant, theirs)),
    expiresAt: token.expiresAt,
    loginRequired: false,
  }
  const subject = subjectOf(claim, idsOf(theirs))
  return { ...known, subject, status: "revertable", question }
}

function subjectOf(
  claim: ClaimRow,
  orderIds: string[] = decidedOrders(claim)
): ClaimSubject {
  const { id, customer_id, order_ids, own_address: ownAddress } = claim
  return { claim: { id, customer_id, order_ids }, ownAddress, orderIds }
}

/** Selects the orders that were given back, or else moved, or else asked for. */
function decidedOrders({
  order_ids,
  moved_orders,
  reverted_order_ids,
}: ClaimRow): string[] {
  if (reverted_order_ids.length) return reverted_order_ids
  return moved_orders.length ? moved_orders.map(({ id }) => id) : order_ids
}

const idsOf = (orders: OrderFacts[]) => orders.map(({ id }) => id)

async function questionOf(
  db: Queryable,
  claim: ClaimRow,
  claimant: CustomerRow,
  orders: OrderFacts[]
): Promise<Omit<Question, "loginRequired">> {
  const ids = idsOf(orders).slice(0, LISTED_ORDERS)
  const ownAddress = isOwnClaim(claim, claimant)
  return {
    expiresAt: claim.expires_at,
    ownAddress,
    claimant: ownAddress ? nameless(claimant) : claimant,
    hasPassword: await hasPassword(db, claimant.id),
    orderCount: orders.length,
    orders: pickById(await loadListedOrders(db, ids), ids),
  }
}

/**
 * Leaves the name out. Where the reader is asked to log in with an address of their
 * own, a stranger's name could say with which password.
 */
function nameless(claimant: CustomerRow): CustomerRow {
  return { ...claimant, first_name: null, last_name: null }
}
