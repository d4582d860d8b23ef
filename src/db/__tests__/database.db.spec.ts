import type * as pg from "pg"
import { DataSource } from "typeorm"
import { onManager, Queryable } from "../database"
import { PluginPool } from "../plugin-pool"
import {
  connect,
  endPools,
  managerOf,
  openDatabase,
  recordingPool,
  TestDatabase,
  until,
} from "./test-database"

describe("the plugin's own pool", () => {
  const endOf = async (pid: number) => {
    const other = await connect(db.url)
    await other.query("SELECT pg_terminate_backend($1)", [pid])
    await other.close()
  }
  const own = async (tx: Queryable) => {
    const [row] = await tx.query<{ pid: number }>(
      "SELECT pg_backend_pid() AS pid"
    )
    return row!.pid
  }
  /** Waits until a lost connection is reported, which no query does. */
  const isLost = () =>
    until(async () => {
      await new Promise(setImmediate)
      return db.lost.length > 0
    })

  let db: TestDatabase
  beforeEach(async () => {
    db = await openDatabase()
    await db.query("CREATE TABLE jotting (text text NOT NULL)")
  })
  afterEach(() => db.close())

  const notes = async () =>
    (
      await db.query<{ text: string }>("SELECT text FROM jotting ORDER BY 1")
    ).map(({ text }) => text)
  const write = (tx: Queryable, text: string | null) =>
    tx.query("INSERT INTO jotting VALUES ($1)", [text])

  it("is made from the settings of the store's own connection", async () => {
    const source = await new DataSource({
      type: "postgres",
      url: db.url,
      extra: { application_name: "the shop", max: 17 },
    }).initialize()
    const pools: pg.Pool[] = []
    // Where typeorm keeps them: a change there must be noticed.
    const driver = source.driver as unknown as { postgres: object }
    driver.postgres = { ...driver.postgres, Pool: recordingPool(pools) }
    const pool = new PluginPool(source.manager, () => undefined)
    const sessions = await Promise.all(
      Array.from({ length: 20 }, () =>
        pool.query<{ name: string; pid: number }>(
          "SELECT current_setting('application_name') AS name, pg_backend_pid() AS pid, pg_sleep(0.01)"
        )
      )
    )
    expect(new Set(sessions.flat().map(({ name }) => name))).toEqual(
      new Set(["the shop"])
    )
    // Never more than its own four, whatever the shop's pool has.
    expect(new Set(sessions.flat().map(({ pid }) => pid)).size).toBe(4)
    await endPools(pools)
    await source.destroy()
  })

  it("connects on first use only", () => {
    const nowhere = managerOf("postgres://127.0.0.1:1/none")
    expect(() => new PluginPool(nowhere, () => undefined)).not.toThrow()
  })

  it("says so if it cannot connect", async () => {
    const pool = new PluginPool(
      managerOf("postgres://127.0.0.1:1/none"),
      () => undefined
    )
    await expect(pool.query("SELECT 1")).rejects.toMatchObject({
      code: "ECONNREFUSED",
    })
    await expect(
      pool.transaction(() => Promise.resolve())
    ).rejects.toMatchObject({ code: "ECONNREFUSED" })
  })

  it("commits work that succeeds, and returns its result", async () => {
    const result = await db.pool.transaction(async (tx) => {
      await write(tx, "one")
      await write(tx, "two")
      expect(await notes()).toEqual([])
      return "done"
    })
    expect(result).toBe("done")
    expect(await notes()).toEqual(["one", "two"])
  })

  it("rolls back work that fails, and passes its error on", async () => {
    const failing = db.pool.transaction(async (tx) => {
      await write(tx, "one")
      throw new Error("second thoughts")
    })
    await expect(failing).rejects.toThrow("second thoughts")
    expect(await notes()).toEqual([])
  })

  it("rolls back work that the database refuses", async () => {
    const failing = db.pool.transaction(async (tx) => {
      await write(tx, "one")
      await write(tx, null)
    })
    await expect(failing).rejects.toMatchObject({ code: "23502" })
    expect(await notes()).toEqual([])
  })

  it("fails a transaction whose commit fails", async () => {
    await db.query("CREATE TABLE parent (id int PRIMARY KEY)")
    await db.query(
      "CREATE TABLE child (id int REFERENCES parent DEFERRABLE INITIALLY DEFERRED)"
    )
    const failing = db.pool.transaction((tx) =>
      tx.query("INSERT INTO child VALUES (1)")
    )
    await expect(failing).rejects.toMatchObject({ code: "23503" })
  })

  it("gives every connection back, whatever happened to it", async () => {
    for (let i = 0; i < 12; i += 1) {
      await db.pool
        .transaction((tx) => write(tx, i % 2 ? null : "x"))
        .catch(() => undefined)
    }
    expect(await notes()).toHaveLength(6)
  })

  it("survives the end of an idle connection, and says that it was lost", async () => {
    await endOf(await own(db))
    await isLost()
    expect(db.lost[0]?.message).toMatch(/terminat/)
    expect(await notes()).toEqual([])
  })

  it("survives the end of a connection between two statements of a transaction", async () => {
    const failing = db.pool.transaction(async (tx) => {
      await write(tx, "one")
      await endOf(await own(tx))
      await isLost()
      await write(tx, "two")
    })
    await expect(failing).rejects.toThrow()
    expect(await notes()).toEqual([])
  })

  it("survives the end of a connection in the middle of a statement", async () => {
    const other = await connect(db.url)
    const failing = db.pool.transaction(async (tx) => {
      const pid = await own(tx)
      const sleeping = tx.query("SELECT pg_sleep(60)")
      await until(async () => {
        const active = await other.query(
          "SELECT pid FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'",
          [pid]
        )
        return active.length > 0
      })
      await endOf(pid)
      await sleeping
    })
    await expect(failing).rejects.toThrow()
    await other.close()
    expect(await notes()).toEqual([])
  })

  it("says once that an idle connection was lost, however much it was used", async () => {
    for (let i = 0; i < 5; i += 1) await db.pool.transaction((tx) => own(tx))
    await endOf(await own(db))
    await isLost()
    expect(db.lost).toHaveLength(1)
  })
})

describe("a transaction of typeorm", () => {
  let db: TestDatabase
  let source: DataSource
  beforeAll(async () => {
    db = await openDatabase()
    source = await new DataSource({
      type: "postgres",
      url: db.url,
    }).initialize()
    await db.query("CREATE TABLE jotting (id int, text text)")
  })
  afterAll(async () => {
    await source.destroy()
    await db.close()
  })

  it("returns rows for every kind of statement", async () => {
    await source.manager.transaction(async (manager) => {
      const tx = onManager(manager)
      const returning = "RETURNING id, text"
      const one = { id: 1, text: "one" }
      const two = { id: 2, text: "two" }

      expect(await tx.query("SELECT * FROM jotting")).toEqual([])
      expect(
        await tx.query(
          `INSERT INTO jotting VALUES (1, $1), (2, $2) ${returning}`,
          ["one", "two"]
        )
      ).toEqual([one, two])
      expect(await tx.query("SELECT * FROM jotting ORDER BY id")).toEqual([
        one,
        two,
      ])
      expect(
        await tx.query(
          `UPDATE jotting SET text = 'TWO' WHERE id = 2 ${returning}`
        )
      ).toEqual([{ id: 2, text: "TWO" }])
      expect(
        await tx.query(`UPDATE jotting SET text = '' WHERE id = 9 ${returning}`)
      ).toEqual([])
      expect(
        await tx.query(`DELETE FROM jotting WHERE id = 1 ${returning}`)
      ).toEqual([one])
    })
  })

  it("is the transaction that the statements run in", async () => {
    const failing = source.manager.transaction(async (manager) => {
      await onManager(manager).query("INSERT INTO jotting VALUES (7, 'seven')")
      throw new Error("second thoughts")
    })
    await expect(failing).rejects.toThrow("second thoughts")
    expect(await db.query("SELECT * FROM jotting WHERE id = 7")).toEqual([])
  })
})
