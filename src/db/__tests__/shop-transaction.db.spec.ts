import {
  DatabaseLine,
  startDatabaseLine,
} from "../../../integration-tests/database-line"
import { theHarness } from "../../../integration-tests/stock-store/harness"
import { onManager, Queryable } from "../database"
import { inShopTransaction, ShopTransaction } from "../shop-transaction"
import { TRANSACTION_LIMITS } from "../transaction-limits"
import {
  addOrder,
  connect,
  openDatabase,
  TestDatabase,
  until,
} from "./test-database"
import { openShopPool, ShopPool } from "./test-shop-pool"

type Work<T> = (tx: ShopTransaction) => Promise<T>

/** A limit that a test waits for. */
const SOON = 1000

const never = new Promise<never>(() => undefined)

describe("a transaction on a connection of the shop", () => {
  let db: TestDatabase
  let line: DatabaseLine
  let shop: ShopPool
  let order: string

  beforeAll(async () => {
    db = await openDatabase()
    line = await startDatabaseLine(theHarness().postgresPort)
  })
  beforeEach(async () => {
    order = await addOrder(db, "greta@example.com")
    shop = await openShopPool(line.urlThrough(db.url))
  })
  afterEach(async () => {
    line.restore()
    await shop.close()
  })
  afterAll(async () => {
    await line?.stop()
    await db?.close()
  })

  const run = <T>(work: Work<T>, limits = {}) =>
    inShopTransaction(shop.manager, "the work", work, {
      ...TRANSACTION_LIMITS,
      ...limits,
    })

  const move: Work<void> = async (tx) => {
    await tx.query(`UPDATE "order" SET email = 'moved' WHERE id = $1`, [order])
  }
  const isMoved = async () => {
    const [row] = await db.query<{ email: string }>(
      `SELECT email FROM "order" WHERE id = $1`,
      [order]
    )
    return row?.email === "moved"
  }

  const LIMITS = [
    "lock_timeout",
    "statement_timeout",
    "idle_in_transaction_session_timeout",
  ]
  const limitsIn = async (db: Queryable) => {
    const [row] = await db.query<{ limits: string[] }>(
      `SELECT array(
         SELECT current_setting(name)
         FROM unnest($1::text[]) WITH ORDINALITY AS l (name, n) ORDER BY n
       ) AS limits`,
      [LIMITS]
    )
    return row?.limits
  }

  describe("that nothing keeps waiting", () => {
    it("commits, and gives the connection back", async () => {
      for (let n = 0; n < 3; n++) await run(move)
      expect(await isMoved()).toBe(true)
    })

    it("rolls back if the work fails, and gives the connection back", async () => {
      const error = new Error("no")
      const work: Work<void> = async (tx) => {
        await move(tx)
        throw error
      }
      for (let n = 0; n < 3; n++) await expect(run(work)).rejects.toBe(error)
      expect(await isMoved()).toBe(false)
    })

    it("gives the database's own errors through", async () => {
      await expect(run((tx) => tx.query("SELECT 1/0"))).rejects.toMatchObject({
        code: "22012",
      })
    })

    it("gives the work typeorm's manager of the same transaction", async () => {
      const ids = await run(async (tx) => {
        const select = "SELECT txid_current() AS id"
        const [one] = await tx.query<{ id: string }>(select)
        const core = onManager(tx.manager)
        const [two] = await core.query<{ id: string }>(select)
        return [one?.id, two?.id]
      })
      expect(ids[0]).toBe(ids[1])
    })
  })

  describe("has limits on the server's side", () => {
    it("that end with the transaction", async () => {
      expect(await run(limitsIn)).toEqual(["20s", "25s", "20s"])
      expect(await limitsIn(onManager(shop.manager))).toEqual(["0", "0", "0"])
    })

    it("that leave a stricter one of the shop's own as it is", async () => {
      await shop.manager.query("SET lock_timeout = '5s'")
      await shop.manager.query("SET statement_timeout = '1min'")
      expect(await run(limitsIn)).toEqual(["5s", "25s", "20s"])
      expect(await limitsIn(onManager(shop.manager))).toEqual([
        "5s",
        "1min",
        "0",
      ])
    })

    it("for the wait for a lock, and says so", async () => {
      const holder = await connect(db.url)
      await holder.query("BEGIN")
      await holder.query('SELECT FROM "order" WHERE id = $1 FOR UPDATE', [
        order,
      ])
      await expect(run(move, { lockMs: SOON })).rejects.toThrow(
        /^the work waited [\d.]+ s for a lock on the claim or its orders$/
      )
      await holder.query("COMMIT")
      await holder.close()

      await run(move)
      expect(await isMoved()).toBe(true)
    })

    it("for a statement, and says so", async () => {
      const work: Work<unknown> = (tx) => tx.query("SELECT pg_sleep(60)")
      await expect(run(work, { statementMs: SOON })).rejects.toThrow(
        /^the work waited [\d.]+ s for a statement, and the database canceled it$/
      )
      await run(move)
      expect(await isMoved()).toBe(true)
    })

    it("for the time in which it is asked nothing, and says so", async () => {
      let ended: () => void = () => undefined
      const lost = new Promise<void>((resolve) => (ended = resolve))
      const work: Work<void> = async (tx) => {
        await move(tx)
        const client = (await tx.manager.queryRunner?.connect()) as {
          once(event: "end", listener: () => void): void
        }
        client.once("end", ended)
        await lost
        await move(tx)
      }
      await expect(run(work, { idleMs: SOON })).rejects.toThrow(
        /^the work sent the database nothing for [\d.]+ s, so the database closed the connection$/
      )
      expect(await isMoved()).toBe(false)
      await run(move)
      expect(await isMoved()).toBe(true)
    })

    it("so that the locks of a server that has vanished are released", async () => {
      const held = line.holdAt("UPDATE")
      const work = run(move, { idleMs: SOON, silenceMs: 2 * SOON })
      await held
      await expect(work).rejects.toThrow("got no response")

      // The line is still held: the database does not hear of the end.
      await db.query(`UPDATE "order" SET email = 'else' WHERE id = $1`, [order])
    })
  })

  describe("of which nothing is heard", () => {
    it.each([
      ["BEGIN", "START TRANSACTION"],
      ["its limits", "set_config"],
      ["a statement", 'UPDATE "order"'],
    ])(
      "since %s is rolled back, and its connection is replaced",
      async (_, text) => {
        const held = line.holdAt(text)
        const work = run(move, { silenceMs: SOON })
        await held
        await expect(work).rejects.toThrow(
          "the work got no response from the database for 1 s: its connection was closed"
        )
        // The pool has one place: it must be free, although the line is still held.
        expect(await shop.manager.query("SELECT 1 AS one")).toEqual([
          { one: 1 },
        ])
        line.restore()
        const isIdle = async () => !(await isInTransaction())
        await until(isIdle)
        expect(await isMoved()).toBe(false)
      }
    )

    it("since COMMIT may be committed, and its connection is replaced", async () => {
      const held = line.holdAt("COMMIT")
      const work = run(move, { silenceMs: SOON })
      await held
      await expect(work).rejects.toThrow("got no response")

      await run(() => Promise.resolve())
      expect(await isMoved()).toBe(true)
    })

    it("ends although nobody asks the database anything", async () => {
      await expect(run(() => never, { silenceMs: SOON })).rejects.toThrow(
        "got no response"
      )
      await run(move)
      expect(await isMoved()).toBe(true)
    })

    it("reaches the database no more if its work goes on", async () => {
      let goOn: () => void = () => undefined
      const pause = new Promise<void>((resolve) => (goOn = resolve))
      let later: Promise<unknown> = never
      const work: Work<void> = async (tx) => {
        await pause
        later = Promise.allSettled([move(tx), tx.manager.query("SELECT 1")])
        await later
      }
      await expect(run(work, { silenceMs: SOON })).rejects.toThrow(
        "got no response"
      )
      goOn()
      await run(() => Promise.resolve())
      expect(await later).toMatchObject([
        { status: "rejected" },
        { status: "rejected" },
      ])
      expect(await isMoved()).toBe(false)
    })
  })

  it("takes as long as it needs, as long as its steps go on", async () => {
    line.slowDown(100)
    const begun = performance.now()
    await run(
      async (tx) => {
        for (let n = 0; n < 5; n++) {
          await tx.query("SELECT 1")
          await tx.manager.query("SELECT 1")
          tx.stepped()
        }
        await tx.manager.query("SELECT 1")
      },
      { silenceMs: 600 }
    )
    line.slowDown(0)
    expect(performance.now() - begun).toBeGreaterThan(2 * 600)
  })

  describe("for which the shop has no free connection", () => {
    it("ends, and never runs", async () => {
      const runner = shop.manager.connection.createQueryRunner()
      await runner.connect()
      let hasRun = false
      const work = () => {
        hasRun = true
        return Promise.resolve()
      }
      await expect(run(work, { silenceMs: SOON })).rejects.toThrow(
        "the work waited 1 s for a free connection of the shop's pool"
      )
      await runner.release()
      // It stands in line behind the one that was given up.
      await run(move)

      expect(hasRun).toBe(false)
      expect(await isMoved()).toBe(true)
    })

    it("ends if the database does not answer a new one", async () => {
      await shop.close()
      shop = await openShopPool(line.urlThrough(db.url), 2)
      const runner = shop.manager.connection.createQueryRunner()
      await runner.connect()
      line.hold()
      await expect(run(move, { silenceMs: SOON })).rejects.toThrow(
        "the work waited 1 s for a free connection of the shop's pool"
      )
      line.restore()
      await run(move)
      expect(await isMoved()).toBe(true)
      await runner.release()
    })
  })

  /** True if a transaction is open in this database, other than the observer's. */
  const isInTransaction = async () => {
    const rows = await db.query(
      `SELECT FROM pg_stat_activity
       WHERE datname = current_database() AND xact_start IS NOT NULL
         AND pid <> pg_backend_pid() AND backend_type = 'client backend'`
    )
    return rows.length > 0
  }
})
