import { randomUUID } from "crypto"
import pLimit from "p-limit"
import type { ClaimRow } from "../db/claims"
import type { Queryable } from "../db/database"
import {
  endLeases,
  leaseDueClaims,
  LeaseTerms,
  renewLeases,
} from "../db/lease-claims"

/**
 * The claims that this process is at work on. Their leases are renewed until it is
 * done with them. If it dies, they end, and other servers take the claims.
 */
export class Leases {
  readonly owner = randomUUID()
  private readonly terms: LeaseTerms
  /**
   * The end of each lease, by this process's clock: never later than the database's.
   * A claim whose lease was lost stays until it is forgotten: its mail may be on the
   * wire, or accepted and not recorded yet, so this process must not lease it again.
   */
  private readonly held = new Map<string, number>()
  /**
   * Work that locks held claims for a moment: one at a time, because all of it skips
   * what is locked, and would take a claim of its own for another server's.
   */
  readonly exclusively = pLimit(1)
  private timer?: NodeJS.Timeout

  constructor(
    private readonly db: Queryable,
    terms: Omit<LeaseTerms, "owner">,
    private readonly onError: (error: unknown) => void
  ) {
    this.terms = { ...terms, owner: this.owner }
  }

  async take(count: number): Promise<ClaimRow[]> {
    const until = Date.now() + this.terms.leaseMs
    const inHand = [...this.held.keys()]
    const claims = await leaseDueClaims(this.db, count, this.terms, inHand)
    for (const { id } of claims) this.held.set(id, until)
    if (this.held.size) this.keepRenewing()
    return claims
  }

  /** True if this process may still mail a claim. */
  holds(id: string): boolean {
    return (this.held.get(id) ?? 0) > Date.now()
  }

  /** Forgets a claim that this process is done with. */
  forget(id: string): void {
    this.held.delete(id)
    if (!this.held.size) this.stopRenewing()
  }

  async giveBack(ids: string[]): Promise<void> {
    for (const id of ids) this.forget(id)
    if (!ids.length) return
    await this.exclusively(() => endLeases(this.db, ids, this.owner))
  }

  private keepRenewing(): void {
    this.timer ??= setInterval(() => {
      this.exclusively(() => this.renew()).catch(this.onError)
    }, this.terms.leaseMs / 3).unref()
  }

  private stopRenewing(): void {
    clearInterval(this.timer)
    this.timer = undefined
  }

  private async renew(): Promise<void> {
    const until = Date.now() + this.terms.leaseMs
    const ids = [...this.held.keys()]
    const { renewed, unchanged } = await renewLeases(this.db, ids, this.terms)
    const isOurs = new Set([...renewed, ...unchanged])
    for (const id of ids) if (!isOurs.has(id)) this.setEnd(id, 0)
    for (const id of renewed) this.setEnd(id, until)
  }

  /** Changes nothing about a claim that was forgotten meanwhile. */
  private setEnd(id: string, until: number): void {
    if (this.held.has(id)) this.held.set(id, until)
  }
}
