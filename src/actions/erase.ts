import { MedusaError } from "medusa-core-utils"
import { setTimeout as delay } from "timers/promises"
import {
  BLOCKS,
  ErasableClaim,
  ErasedPerson,
  withoutAddress,
} from "../claims/erasure"
import type { Database } from "../db/database"
import {
  dropRequests,
  eraseNotifications,
  findCustomers,
  loadErasable,
  lockErasable,
  writeErased,
} from "../db/erasure"
import { updateNotifications } from "../db/notifications"
import { searchClaims, searchNotifications } from "../db/row-search"
import { AddressSearch } from "../values/address-search"
import { counted } from "../values/counted"
import { WaitedTooLong } from "../values/waited-too-long"

/** The counts of an erasure. */
export interface Erasure {
  /** The claims that held the address, or could have mailed it. */
  claims: number
  /** Those of them that were open, and were canceled. */
  canceled: number
  /** Those of them that block their claimants, and still do. */
  blocks: number
  /** The plugin's notifications that held the address. */
  notifications: number
  /** Core's events that were about to ask for orders of the address. */
  events: number
}

/** The options of an erasure. */
export interface ErasureOptions {
  /** Counts, and changes nothing. */
  isDryRun?: boolean
  /** The time to wait for mails on the wire and locks, in milliseconds. */
  patienceMs?: number
}

/** Longer than a mail may be on the wire, or its server's lease lasts. */
const PATIENCE_MS = 60_000
const PAUSE_MS = 250
/** The claims that are locked at once. */
const AT_ONCE = 50

/**
 * Takes an address out of claims, deliveries and the plugin's notifications. Cancels
 * first what is open, so that nothing is mailed to it afterwards, and waits for a mail
 * that is on the wire. Declined and reverted claims go on to block: that rests on the
 * ids of claimant and orders. A second time, nothing is left to do.
 *
 * @throws {MedusaError} `invalid_data` for anything but one address
 * @throws {WaitedTooLong} if claims stay in use; the others are done by then
 */
export async function eraseAddress(
  db: Database,
  email: unknown,
  { isDryRun = false, patienceMs = PATIENCE_MS }: ErasureOptions = {}
): Promise<Erasure> {
  const address = new AddressSearch(oneAddress(email))
  const customerIds = new Set(await findCustomers(db, address))
  const person = { address, customerIds }
  const events = await dropRequests(db, address, isDryRun)
  const claims = isDryRun
    ? await findTraces(db, person)
    : await eraseClaims(db, person, Date.now() + patienceMs)
  const notifications = await eraseFound(db, person, isDryRun)
  return { ...countOf(claims), notifications, events }
}

/** A claim before and after. */
interface Change {
  before: ErasableClaim
  after: ErasableClaim
}

async function findTraces(
  db: Database,
  person: ErasedPerson
): Promise<Change[]> {
  const found: Change[] = []
  for await (const ids of searchClaims(db, person)) {
    found.push(...changesOf(await loadErasable(db, ids), person))
  }
  return found
}

/** Searches again until nothing is found: a claim may have been opened meanwhile. */
async function eraseClaims(
  db: Database,
  person: ErasedPerson,
  until: number
): Promise<Change[]> {
  const done = new Map<string, Change>()
  let found = await findTraces(db, person)
  while (found.length) {
    for (const change of found) {
      // What was open before is counted as canceled, whatever the second look finds.
      if (!done.has(change.before.id)) done.set(change.before.id, change)
    }
    await eraseAll(db, person, found, until)
    found = await findTraces(db, person)
  }
  return [...done.values()]
}

/** Repeats until no claim is in use any more. */
async function eraseAll(
  db: Database,
  person: ErasedPerson,
  found: Change[],
  until: number
): Promise<void> {
  let ids = found.map(({ before: { id } }) => id)
  for (;;) {
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      await eraseSome(db, person, ids.slice(at, at + AT_ONCE))
    }
    const left = changesOf(await loadErasable(db, ids), person)
    if (!left.length) return
    if (Date.now() > until) throw stillInUse(left.length)
    ids = left.map(({ before: { id } }) => id)
    await delay(PAUSE_MS)
  }
}

function stillInUse(count: number): WaitedTooLong {
  const claims = `${counted(count, "claim")} ${count === 1 ? "is" : "are"}`
  return new WaitedTooLong(
    `${claims} still being emailed or changed, so the address is not gone yet: run it again`
  )
}

async function eraseSome(
  db: Database,
  person: ErasedPerson,
  ids: string[]
): Promise<void> {
  await db.transaction(async (tx) => {
    const changes = changesOf(await lockErasable(tx, ids), person)
    const erased = changes.map(({ after }) => after)
    await writeErased(tx, erased)
    await updateNotifications(tx, erased)
  })
}

async function eraseFound(
  db: Database,
  person: ErasedPerson,
  isDryRun: boolean
): Promise<number> {
  let count = 0
  for await (const ids of searchNotifications(db, person)) {
    count += await db.transaction((tx) =>
      eraseNotifications(tx, person.address, ids, isDryRun)
    )
  }
  return count
}

function changesOf(claims: ErasableClaim[], person: ErasedPerson): Change[] {
  return claims
    .map((before) => ({ before, after: withoutAddress(before, person) }))
    .filter(
      ({ before, after }) => JSON.stringify(before) !== JSON.stringify(after)
    )
}

function countOf(changes: Change[]) {
  const isCanceled = ({ before, after }: Change) =>
    before.status !== after.status && after.status === "canceled"
  return {
    claims: changes.length,
    canceled: changes.filter(isCanceled).length,
    blocks: changes.filter(({ after }) => BLOCKS.includes(after.status)).length,
  }
}

// Claims of addresses that are not plain are on record, too, though never mailed.
const ONE_ADDRESS = /^(?:"[^"\0]*"|[^\s,;"<>\0])+@[^\s,;"<>@\0]+$/

function oneAddress(email: unknown): string {
  const given = typeof email === "string" ? email.trim() : ""
  if (given.length <= 320 && ONE_ADDRESS.test(given)) return given
  throw new MedusaError(
    MedusaError.Types.INVALID_DATA,
    "Expected exactly one email address, such as ann@example.com."
  )
}
