import {
  addCustomer,
  addOrder,
  claimNow,
  jamClaims,
  openDatabase,
  RULES,
  stagedEvents,
  TestDatabase,
  until,
} from "../../db/__tests__/test-database"
import type { Database } from "../../db/database"
import { findRequested } from "../../db/requested-claims"
import { askForOrders } from "../ask"
import { Finder } from "../finder"

const OLD = "old@example.com"

describe("the finder", () => {
  let db: TestDatabase
  let clara: string
  let log: string[]
  let woken: number
  let finder: Finder
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(async () => {
    await db.query(
      'TRUNCATE order_claim, notification, staged_job, "order" CASCADE'
    )
    clara = await addCustomer(db)
    await addOrder(db, OLD)
    log = []
    woken = 0
    finder = newFinder(db.pool)
  })
  afterEach(() => finder.stop())

  const newFinder = (pool: Database) => {
    const note = (line: string) => void log.push(line)
    return new Finder({
      db: pool,
      rules: RULES,
      courier: { wake: () => void woken++ },
      logger: { info: note, warn: note, error: note },
    })
  }
  const ask = (email: string, customer = clara) =>
    db.pool.transaction((tx) => askForOrders(tx, customer, { email }, RULES))
  const opened = (claim: { id: string }) =>
    until(async () => (await claimNow(db, claim)).status !== "requested")

  it("opens what is requested, whoever wrote it, and wakes the courier", async () => {
    const before = await ask(OLD)
    finder.start()
    await opened(before)
    expect((await claimNow(db, before)).status).toBe("pending")
    await until(() => Promise.resolve(woken === 1))

    const nothing = await ask("nobody@example.com")
    await opened(nothing)
    await until(() => Promise.resolve(log.length === 1))
    expect(log[0]).toBe(
      `order-claim: ${nothing.id} to n***@example.com is not emailed: ineligible, no order to claim was found`
    )
    expect(woken).toBe(1)
  })

  it("takes the customers in turn: who asks a lot delays only themselves", async () => {
    const first = await ask("first@example.com")
    await db.query(
      `INSERT INTO order_claim (id, customer_id, email, order_ids, status, origin,
         token_issued_at, expires_at)
       SELECT 'oclaim_0' || n, customer_id, n || '@example.com', '{}', status, origin,
         token_issued_at, expires_at
       FROM order_claim, generate_series(1001, 1300) AS n WHERE id = $1`,
      [first.id]
    )
    const others = [
      await ask("a@example.com", await addCustomer(db)),
      await ask("b@example.com", await addCustomer(db)),
    ].map(({ id }) => id)
    const next = await findRequested(db, 4)
    expect(next).toEqual(["oclaim_01001", ...others, "oclaim_01002"])
  })

  it("does nothing before it is started, nor after it is stopped", async () => {
    const claim = await ask(OLD)
    finder.start()
    await finder.stop()
    await new Promise((resolve) => setTimeout(resolve, 1200))
    expect((await claimNow(db, claim)).status).toBe("requested")
  })

  it("waits while the database does not answer, and says so once", async () => {
    const claim = await ask(OLD)
    const jam = await jamClaims(db)
    finder = newFinder(jam.pool)
    finder.start()
    await jam.hasFailedSomeone()
    await jam.hasFailedSomeone()
    await jam.end()
    await opened(claim)
    expect((await claimNow(db, claim)).status).toBe("pending")
    await until(() => Promise.resolve(log.length === 2))
    expect(log[0]).toContain("claims wait for their orders to be looked up")
    expect(log[1]).toContain("orders are looked up again after")
  })

  it("gives up a claim that fails for good, visibly, and opens the next", async () => {
    const broken = await ask(OLD)
    const next = await ask("next@example.com")
    await db.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION E'refused by a trigger\n at https://u:pw@host'; END $$;
       CREATE TRIGGER refuse BEFORE INSERT ON notification
       FOR EACH ROW EXECUTE FUNCTION refuse()`
    )
    try {
      finder.start()
      await opened(broken)
      await opened(next)
    } finally {
      await finder.stop()
      await db.query("DROP FUNCTION refuse CASCADE")
    }
    const failed = await claimNow(db, broken)
    expect(failed.status).toBe("failed")
    expect(failed.last_error).toMatch(
      /refused by a trigger at https:\/\/\*\*\*@host$/
    )
    expect((await claimNow(db, next)).status).toBe("ineligible")
    expect(await stagedEvents(db)).toMatchObject([
      { event_name: "order-claim.failed", data: { id: broken.id } },
    ])
    expect(log.join("\n")).toContain(
      `the orders of ${broken.id} could not be looked up: `
    )
  })
})
