import { beginAttempts } from "../db/begin-attempts"
import type { ClaimRow } from "../db/claims"
import { Database, isTransient } from "../db/database"
import { notMade } from "./attempt"
import type { ComposedClaim } from "./compose"
import type { Leases } from "./leases"
import type { Queue } from "./queue"
import type { Recorder } from "./recorder"

/** The parts that make emails ready. */
export interface ReadyDependencies {
  db: Database
  leases: Leases
  queue: Queue
  recorder: Recorder
  /** The mails that may leave right now: see `Transport.turnsLeft`. */
  transport: { readonly turnsLeft: number }
  /** The number of mails on the wire at once, and so of emails that are ready. */
  concurrency: number
  /** Called with the database's error. */
  onError: (error: unknown) => void
}

/**
 * The emails that may leave: their attempts are counted. A few at a time, because
 * each that is not mailed, should the server die, counts all the same.
 */
export class ReadyEmails {
  private readonly ready: ComposedClaim[] = []
  private filling?: Promise<boolean>
  private isClosed = false

  constructor(private readonly dependencies: ReadyDependencies) {}

  /** True if an email may leave at once. */
  get hasSome(): boolean {
    return this.ready.length > 0
  }

  /** Takes the next email; `undefined` if nothing is due, or the courier stops. */
  async next(): Promise<ComposedClaim | undefined> {
    let email = this.shift()
    while (!email && (await this.fill())) email = this.shift()
    if (email && this.isClosed) {
      await this.giveBack([email])
      return undefined
    }
    const { concurrency, transport } = this.dependencies
    const few = Math.min(concurrency / 2, transport.turnsLeft)
    if (this.ready.length < few) void this.fill()
    return email
  }

  /** Takes nothing more, and gives back what has not left. */
  async close(): Promise<void> {
    this.isClosed = true
    await this.filling
    await this.giveBack(this.ready.splice(0))
  }

  /** Takes the first whose lease has not ended while it waited. */
  private shift(): ComposedClaim | undefined {
    const { leases } = this.dependencies
    let email = this.ready.shift()
    while (email && !leases.holds(email.claim.id)) {
      leases.forget(email.claim.id)
      email = this.ready.shift()
    }
    return email
  }

  /** @returns false if nothing is due; calls during that time wait for the same. */
  private fill(): Promise<boolean> {
    if (this.isClosed) return Promise.resolve(false)
    this.filling ??= this.takeSome()
      .catch((error) => {
        this.dependencies.onError(error)
        return false
      })
      .finally(() => (this.filling = undefined))
    return this.filling
  }

  private async takeSome(): Promise<boolean> {
    const { queue, leases, concurrency, transport } = this.dependencies
    const count = Math.max(1, Math.min(concurrency, transport.turnsLeft))
    const taken = await queue.take(count)
    const held = taken.filter(({ claim }) => leases.holds(claim.id))
    for (const { claim } of without(taken, held)) leases.forget(claim.id)

    const mails = held.filter(isMail)
    const counted = await this.count(mails.map(({ claim }) => claim))
    const mayLeave = held.filter(
      (email) => !isMail(email) || counted.has(email.claim.id)
    )
    const changed = without(held, mayLeave).map(({ claim }) => claim.id)
    await leases.giveBack(changed)
    if (this.isClosed) await this.giveBack(mayLeave)
    else this.ready.push(...mayLeave)
    return taken.length > 0
  }

  /** @returns the ids of the claims that may be mailed */
  private async count(claims: ClaimRow[]): Promise<Set<string>> {
    const { db, leases, onError } = this.dependencies
    if (!claims.length) return new Set()
    try {
      // If the database itself crashes, an attempt may be missing in the count.
      return await leases.exclusively(() =>
        db.transaction((tx) => beginAttempts(tx, leases.owner, claims), "fast")
      )
    } catch (error) {
      if (!isTransient(error) && claims.length > 1) {
        return this.countEach(claims)
      }
      onError(error)
      // They may have been counted all the same.
      await this.notMade(claims)
      return new Set()
    }
  }

  /** One of them is at fault: each is counted alone, so that the others are. */
  private async countEach(claims: ClaimRow[]): Promise<Set<string>> {
    const counted: string[] = []
    for (const claim of claims) counted.push(...(await this.count([claim])))
    return new Set(counted)
  }

  private async giveBack(emails: ComposedClaim[]): Promise<void> {
    await this.notMade(emails.filter(isMail).map(({ claim }) => claim))
    const others = emails.filter((email) => !isMail(email))
    await this.dependencies.leases.giveBack(others.map(({ claim }) => claim.id))
  }

  /** Records that nothing was mailed, so that the claims are due at once. */
  private async notMade(claims: ClaimRow[]): Promise<void> {
    const { recorder, leases } = this.dependencies
    await Promise.all(claims.map((claim) => recorder.record(notMade(claim))))
    for (const { id } of claims) leases.forget(id)
  }
}

/** True if a mail leaves for this claim, unless the shop's own code fails to write it. */
export function isMail({ composed: { type } }: ComposedClaim): boolean {
  return type === "message" || type === "broken"
}

function without(
  emails: ComposedClaim[],
  some: ComposedClaim[]
): ComposedClaim[] {
  const left = new Set(some)
  return emails.filter((email) => !left.has(email))
}
