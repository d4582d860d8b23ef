import * as pg from "pg"
import { setTimeout as pause } from "timers/promises"
import type { EntityManager } from "typeorm"
import { theHarness } from "../../../integration-tests/stock-store/harness"
import { createDatabase } from "../../../integration-tests/stock-store/postgres"
import { templateDatabase } from "../../../integration-tests/stock-store/template-database"
import { hashToken } from "../../claims/claim-request"
import { ClaimRow, findClaim, lockClaim, NewClaim } from "../claims"
import type { Queryable } from "../database"
import { PluginPool, TimeLimits } from "../plugin-pool"
import type { ClaimOrigin, Delivery, Party } from "../../claims/claim"
import type { OpeningRequest, OpeningRules } from "../../actions/decide-claim"
import { openClaims } from "../../actions/open-claims"

/** A test's own copy of a stock store's database. */
export interface TestDatabase extends Queryable {
  url: string
  /** The plugin's own pool. */
  pool: PluginPool
  /** Makes one more pool, as another server would have it. */
  newPool(limits?: Partial<TimeLimits>, url?: string): PluginPool
  /** The errors of broken connections that the pool has reported. */
  lost: Error[]
  close(): Promise<void>
}

export const MINUTE = 60_000

export const RULES: OpeningRules = {
  guestOrdersOnly: true,
  limits: false,
  linkTtlMs: 15 * MINUTE,
}

/**
 * The part of typeorm that {@link PluginPool} reads.
 *
 * @param pools - collects the pools that are made with it, so that a test can end them
 */
export const managerOf = (url: string, pools: pg.Pool[] = []): EntityManager =>
  ({
    connection: {
      driver: {
        postgres: { Pool: recordingPool(pools) },
        master: { options: { connectionString: url } },
      },
    },
  }) as unknown as EntityManager

/** The store's own `pg`, except that the pools it makes are kept. */
export const recordingPool = (pools: pg.Pool[]) =>
  class extends pg.Pool {
    constructor(settings: pg.PoolConfig) {
      super(settings)
      pools.push(this)
    }
  }

export const endPools = async (pools: pg.Pool[]): Promise<void> => {
  await Promise.all(pools.splice(0).map((pool) => pool.end()))
}

export async function openDatabase(): Promise<TestDatabase> {
  const url = await createDatabase(theHarness().postgresPort, {
    template: templateDatabase,
  })
  const lost: Error[] = []
  const pools: pg.Pool[] = []
  const newPool = (limits: Partial<TimeLimits> = {}, through = url) =>
    new PluginPool(
      managerOf(through, pools),
      (error) => lost.push(error),
      limits
    )
  const pool = newPool()
  return {
    url,
    pool,
    newPool,
    lost,
    query: (sql, parameters) => pool.query(sql, parameters),
    close: () => endPools(pools),
  }
}

/** Opens one more connection, for example to hold locks. */
export async function connect(
  url: string
): Promise<Queryable & { close(): Promise<void> }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return {
    query: async <Row>(sql: string, parameters?: unknown[]) =>
      (await client.query(sql, parameters)).rows as Row[],
    close: () => client.end(),
  }
}

/**
 * Makes every statement on `order_claim` fail for a while, as in a deadlock: each
 * waits for a lock until its time-out.
 */
export async function jamClaims(db: TestDatabase) {
  const holder = await connect(db.url)
  const observer = await connect(db.url)
  await holder.query("BEGIN")
  await holder.query("LOCK TABLE order_claim IN ACCESS EXCLUSIVE MODE")
  const isWaiting = () => isSomeoneWaiting(observer)
  return {
    /** A pool with that time-out. */
    pool: db.newPool({ lockMs: 50 }),
    async hasFailedSomeone() {
      await until(isWaiting)
      await until(async () => !(await isWaiting()))
    },
    async end() {
      await holder.query("COMMIT")
      await holder.close()
      await observer.close()
    },
  }
}

/** Waits until a condition holds, and leaves the database time to work between checks. */
export async function until(look: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000
  while (!(await look())) {
    if (Date.now() > end) throw new Error("waited in vain")
    await pause(5)
  }
}

let count = 0

/** Creates a customer, registered unless `has_account` is false. */
export async function addCustomer(
  db: Queryable,
  {
    email = `customer-${++count}@example.com`,
    has_account = true,
    first_name = "Clara",
    last_name = "Customer",
  } = {}
): Promise<string> {
  // One guest per address, as in a shop.
  const [known] = await db.query<{ id: string }>(
    "SELECT id FROM customer WHERE email = $1 AND has_account = $2",
    [email, has_account]
  )
  if (known) return known.id

  const id = `cus_${++count}`
  await db.query(
    `INSERT INTO customer (id, email, has_account, first_name, last_name)
     VALUES ($1, $2, $3, $4, $5)`,
    [id, email, has_account, first_name, last_name]
  )
  return id
}

/** The properties of a test's orders. */
export interface OrderSetup {
  /** @default a guest's */
  customerId?: string
  status?: string
}

/** Creates orders of a guest with this address, all in one statement. */
export async function addOrders(
  db: Queryable,
  email: string,
  howMany: number,
  { customerId, status = "pending" }: OrderSetup = {}
): Promise<string[]> {
  const owner =
    customerId ?? (await addCustomer(db, { email, has_account: false }))
  const rows = await db.query<{ id: string }>(
    `INSERT INTO "order" (id, customer_id, email, status, region_id, currency_code)
     SELECT 'order_' || $1 || '_' || lpad(n::text, 4, '0'), $2, $3,
       $4::order_status_enum, (SELECT id FROM region LIMIT 1), 'eur'
     FROM generate_series(1, $5) AS n RETURNING id`,
    [++count, owner, email, status, howMany]
  )
  return rows.map(({ id }) => id).sort()
}

/** Creates one order of a guest. */
export async function addOrder(
  db: Queryable,
  email: string,
  setup?: OrderSetup
): Promise<string> {
  const [id] = await addOrders(db, email, 1, setup)
  return id as string
}

/** Makes a request with an event of its own. */
export const requestFor = (
  customer_id: string,
  email: string,
  order_ids: string[],
  changes: Partial<OpeningRequest> = {}
): OpeningRequest => ({
  customer_id,
  email,
  order_ids,
  event_token_hash: hashToken(`event ${++count}`),
  ...changes,
})

/** A row of `order_claim`, with all columns. */
export interface StoredClaim extends Omit<NewClaim, "event_token_hash"> {
  event_token_hash: string | null
  origin: ClaimOrigin
  display_id: number | null
  sales_channel_ids: string[] | null
  password_attempts: number
  token_generation: number
  token_issued_at: Date
  expires_at: Date
  confirmed_generation: number | null
  resolved_by: string | null
  renewals: Date[]
  to_notify: Party[]
  failed_notices: Party[]
  attempts: number
  notice_attempts: number
  unrecorded_attempts: number
  deliveries: Delivery[]
  next_attempt_at: Date | null
  leased_by: string | null
  leased_until: Date | null
  sent_at: Date | null
  failed_at: Date | null
  retried_at: Date | null
  resolved_at: Date | null
  created_at: Date
  updated_at: Date
}

export const storedClaims = (db: Queryable): Promise<StoredClaim[]> =>
  db.query<StoredClaim>("SELECT * FROM order_claim ORDER BY created_at, id")

export async function storedClaim(
  db: Queryable,
  id: string
): Promise<StoredClaim> {
  const [row] = await db.query<StoredClaim>(
    "SELECT * FROM order_claim WHERE id = $1",
    [id]
  )
  return row as StoredClaim
}

/** A row of `notification`. */
export interface StoredNotification {
  id: string
  resource_type: string
  resource_id: string
  customer_id: string
  to: string
  event_name: string
  provider_id: string
  data: Record<string, unknown>
}

export const storedNotifications = (
  db: Queryable
): Promise<StoredNotification[]> =>
  db.query<StoredNotification>(
    "SELECT * FROM notification ORDER BY resource_id"
  )

/** The properties of a test's claim. */
export interface ClaimSetup {
  orderCount?: number
  rules?: Partial<OpeningRules>
  /** The recipient. */
  email?: string
  claimant?: string
}

/** A claim that core's event has opened. */
export type EventClaim = ClaimRow & { event_token_hash: string }

/** Opens a claim for one order of a guest of its own, by the rules above. */
export async function openClaim(
  db: TestDatabase,
  {
    orderCount = 1,
    rules = {},
    email = `guest-${++count}@example.com`,
    claimant: given,
  }: ClaimSetup = {}
): Promise<EventClaim> {
  const claimant = given ?? (await addCustomer(db))
  const orders = await addOrders(db, email, orderCount)
  const request = requestFor(claimant, email, orders)
  await db.pool.transaction((tx) =>
    openClaims(tx, [request], { ...RULES, ...rules })
  )
  const { event_token_hash } = request
  return (await lockClaim(db, { event_token_hash })) as EventClaim
}

/** Changes a claim directly in the database. */
export const changeClaim = (
  db: Queryable,
  { id }: { id: string },
  assignments: string
): Promise<unknown[]> =>
  db.query(`UPDATE order_claim SET ${assignments} WHERE id = $1`, [id])

/** Reads the claim as it is now, in the way the code does. */
export async function claimNow(
  db: Queryable,
  { id }: { id: string }
): Promise<ClaimRow> {
  return (await findClaim(db, { id })) as ClaimRow
}

/** Reads the events that were staged for core's event bus. */
export const stagedEvents = (
  db: Queryable
): Promise<{ event_name: string; data: object }[]> =>
  db.query("SELECT event_name, data FROM staged_job ORDER BY id")

/** True if a connection waits for a lock in this database. */
export async function isSomeoneWaiting(observer: Queryable): Promise<boolean> {
  const waiting = await observer.query(
    `SELECT pid FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'`
  )
  return waiting.length > 0
}
