import {
  DatabaseLine,
  startDatabaseLine,
} from "../../../integration-tests/database-line"
import { theHarness } from "../../../integration-tests/stock-store/harness"
import { isTransient, Queryable } from "../database"
import { NoAnswer, PluginPool } from "../plugin-pool"
import { connect, openDatabase, TestDatabase, until } from "./test-database"

const LIMITS = { lockMs: 300, statementMs: 800, idleMs: 800, answerMs: 1600 }

describe("the time limits of the plugin's connections", () => {
  let db: TestDatabase
  let line: DatabaseLine
  let pool: PluginPool
  beforeEach(async () => {
    db = await openDatabase()
    line = await startDatabaseLine(theHarness().postgresPort)
    pool = db.newPool(LIMITS, line.urlThrough(db.url))
  })
  afterEach(async () => {
    line.restore()
    await db.close()
    await line.stop()
  })

  const failureOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error
    )
  const idleInTransaction = async () => {
    const rows = await db.query(
      `SELECT pid FROM pg_stat_activity
       WHERE datname = current_database() AND state = 'idle in transaction'`
    )
    return rows.length
  }

  it("end a wait for a lock", async () => {
    const holder = await connect(db.url)
    await holder.query("BEGIN")
    await holder.query("LOCK TABLE order_claim")
    const failure = await failureOf(
      pool.query("UPDATE order_claim SET attempts = 0")
    )
    expect(failure).toMatchObject({ code: "55P03" })
    expect(isTransient(failure)).toBe(true)
    await holder.close()
  })

  it("end a statement", async () => {
    const failure = await failureOf(pool.query("SELECT pg_sleep(60)"))
    expect(failure).toMatchObject({ code: "57014" })
    expect(isTransient(failure)).toBe(true)
  })

  it("hold for the transaction alone, so that a pooler may share the connection", async () => {
    const shown = (tx: Queryable) =>
      tx.query("SELECT current_setting('lock_timeout') AS lock_timeout")
    const one = db.newPool({ lockMs: 1234 })
    expect(await one.transaction(shown)).toEqual([{ lock_timeout: "1234ms" }])
    const client = await connect(db.url)
    expect(await shown(client)).toEqual([{ lock_timeout: "0" }])
    await client.close()
  })

  it("end the transaction of a server that has fallen silent, with its locks", async () => {
    const isHeld = line.holdAt("pg_advisory_xact_lock")
    const silent = failureOf(pool.query("SELECT pg_advisory_xact_lock(42)"))
    await isHeld
    const other = await connect(db.url)
    await other.query("SELECT pg_advisory_lock(42)")
    await other.close()
    await until(async () => (await idleInTransaction()) === 0)
    expect(await silent).toBeInstanceOf(NoAnswer)
  })

  it("throw a silent connection away, and go on with another", async () => {
    await pool.query("SELECT 1")
    const isHeld = line.holdAt("SELECT 2")
    const silent = failureOf(pool.query("SELECT 2"))
    await isHeld
    const failure = await silent
    expect(failure).toBeInstanceOf(NoAnswer)
    expect(isTransient(failure)).toBe(true)
    expect(await pool.query("SELECT 3 AS n")).toEqual([{ n: 3 }])
  })

  it("free all connections of the pool when the whole line is silent", async () => {
    await Promise.all([1, 2, 3, 4].map(() => pool.query("SELECT 1")))
    line.hold()
    const silent = await Promise.all(
      [1, 2, 3, 4].map(() => failureOf(pool.query("SELECT 1")))
    )
    expect(silent).toEqual(Array(4).fill(expect.any(NoAnswer)))
    line.restore()
    expect(
      await Promise.all([1, 2, 3, 4].map(() => pool.query("SELECT 1 AS n")))
    ).toEqual(Array(4).fill([{ n: 1 }]))
  })

  it("end the wait for a connection", async () => {
    const impatient = db.newPool({ connectMs: 200 }, line.urlThrough(db.url))
    line.hold()
    const failure = await failureOf(impatient.query("SELECT 1"))
    expect(String(failure)).toMatch(/timeout/)
    expect(isTransient(failure)).toBe(true)
  })
})
