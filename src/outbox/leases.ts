import { randomUUID } from "crypto"
import type { ClaimRow } from "../db/claims"
import type { Queryable } from "../db/database"
import {
  endLeases,
  leaseDueClaims,
  LeaseTerms,
  renewLeases,
} from "../db/lease-claims"

/**
 * The claims that this process has on lease. The leases are renewed while it works
 * on the claims. If it dies, they end, and other servers take the claims.
 */
export class Leases {
  readonly owner = randomUUID()
  private readonly terms: LeaseTerms
  /** The end of each lease, by this process's clock: never later than the database's. */
  private readonly held = new Map<string, number>()
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
    const claims = await leaseDueClaims(this.db, count, this.terms)
    for (const { id } of claims) this.held.set(id, until)
    if (this.held.size) this.keepRenewing()
    return claims
  }

  /** True if this process may still mail a claim. */
  holds(id: string): boolean {
    return (this.held.get(id) ?? 0) > Date.now()
  }

  /** Forgets claims whose outcome is recorded, or whose lease was lost. */
  forget(ids: string[]): void {
    for (const id of ids) this.held.delete(id)
    if (!this.held.size) this.stopRenewing()
  }

  async giveBack(ids: string[]): Promise<void> {
    this.forget(ids)
    if (ids.length) await endLeases(this.db, ids, this.owner)
  }

  private keepRenewing(): void {
    this.timer ??= setInterval(() => {
      this.renew().catch(this.onError)
    }, this.terms.leaseMs / 3).unref()
  }

  private stopRenewing(): void {
    clearInterval(this.timer)
    this.timer = undefined
  }

  private async renew(): Promise<void> {
    const until = Date.now() + this.terms.leaseMs
    const ids = [...this.held.keys()]
    const renewed = new Set(await renewLeases(this.db, ids, this.terms))
    for (const id of ids.filter((id) => this.held.has(id))) {
      if (renewed.has(id)) this.held.set(id, until)
      else this.forget([id])
    }
  }
}
