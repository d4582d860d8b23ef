import {
  DatabaseLine,
  startDatabaseLine,
} from "../../../integration-tests/database-line"
import { theHarness } from "../../../integration-tests/stock-store/harness"
import { ClaimRow, raiseGeneration } from "../../db/claims"
import { inShopTransaction } from "../../db/shop-transaction"
import { TRANSACTION_LIMITS } from "../../db/transaction-limits"
import {
  connect,
  isSomeoneWaiting,
  MINUTE,
  openClaim,
  openDatabase,
  storedClaim,
  TestDatabase,
  until,
} from "../../db/__tests__/test-database"
import { openShopPool, ShopPool } from "../../db/__tests__/test-shop-pool"
import { confirmClaim } from "../confirm"
import { Confirms } from "../confirms"
import { confirmWith } from "../presented-claim"
import { CONFIRM_RULES, link, moveOrders, refusalOf } from "./presenting"

describe("confirms on connections of the shop", () => {
  let db: TestDatabase
  let line: DatabaseLine
  let shop: ShopPool
  let confirms: Confirms
  /** The claims that were moved, once for each transaction that has moved anything. */
  let moved: string[][]

  beforeAll(async () => {
    db = await openDatabase()
    line = await startDatabaseLine(theHarness().postgresPort)
  })
  beforeEach(async () => {
    shop = await openShopPool(line.urlThrough(db.url), 5)
    confirms = new Confirms()
    moved = []
  })
  afterEach(async () => {
    line.restore()
    await shop.close()
  })
  afterAll(async () => {
    await line?.stop()
    await db?.close()
  })

  interface Post {
    generation?: number
    customerId?: string
    requireLogin?: boolean
    silenceMs?: number
  }

  /** Confirms as the service does, except that SQL moves the orders. */
  const post = (
    claim: ClaimRow,
    {
      generation = 1,
      customerId,
      requireLogin = false,
      silenceMs = TRANSACTION_LIMITS.silenceMs,
    }: Post = {}
  ): Promise<void> => {
    const token = link(claim, generation)
    return confirms.run(token, customerId, async () => {
      const confirmation = await inShopTransaction(
        shop.manager,
        confirmWith(token),
        (tx) =>
          confirmClaim(
            tx,
            token,
            { ...CONFIRM_RULES, requireLogin },
            moveOrders(tx),
            customerId
          ),
        { ...TRANSACTION_LIMITS, silenceMs }
      )
      if (confirmation) moved.push(confirmation.moving)
    })
  }

  const ownersOf = async ({ order_ids }: ClaimRow) => {
    const rows = await db.query<{ customer_id: string }>(
      'SELECT DISTINCT customer_id FROM "order" WHERE id = ANY($1)',
      [order_ids]
    )
    return rows.map(({ customer_id }) => customer_id)
  }

  /** Keeps a claim locked until it is let go. */
  const lock = async ({ id }: ClaimRow) => {
    const holder = await connect(db.url)
    await holder.query("BEGIN")
    await holder.query("SELECT FROM order_claim WHERE id = $1 FOR UPDATE", [id])
    return async () => {
      await holder.query("COMMIT")
      await holder.close()
    }
  }

  /** The number of transactions that wait for the lock. */
  const waiting = async () => {
    const [row] = await db.query<{ count: number }>(
      `SELECT count(*)::int FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`
    )
    return row?.count
  }

  it("are one transaction for a crowd on one link", async () => {
    const claim = await openClaim(db, { orderCount: 3 })
    const letGo = await lock(claim)
    const crowd = Array.from({ length: 20 }, () => post(claim))
    await until(() => isSomeoneWaiting(db))
    expect(await waiting()).toBe(1)

    await letGo()
    await Promise.all(crowd)
    expect(moved).toEqual([claim.order_ids])
    expect(await ownersOf(claim)).toEqual([claim.customer_id])
  })

  it("delay no other claim, whichever links of theirs are posted", async () => {
    const claim = await openClaim(db)
    for (let n = 2; n <= 8; n++) await raiseGeneration(db, claim.id, MINUTE)
    const letGo = await lock(claim)
    const crowd = Array.from({ length: 8 }, (_, n) =>
      refusalOf(post(claim, { generation: n + 1 }))
    )
    await until(() => isSomeoneWaiting(db))

    const other = await openClaim(db)
    await post(other)
    expect(await ownersOf(other)).toEqual([other.customer_id])
    expect(await waiting()).toBe(1)

    await letGo()
    expect(await Promise.all(crowd)).toEqual([
      ...Array<string>(7).fill("order_claim_superseded"),
      "done",
    ])
  })

  it("do not lend a login to somebody else", async () => {
    const claim = await openClaim(db)
    const letGo = await lock(claim)
    const customers = [claim.customer_id, "cus_stranger", undefined]
    const posts = customers.map((customerId) =>
      refusalOf(post(claim, { customerId, requireLogin: true }))
    )
    await until(() => isSomeoneWaiting(db))
    await letGo()

    expect(await Promise.all(posts)).toEqual([
      "done",
      expect.objectContaining({ type: "unauthorized" }),
      expect.objectContaining({ type: "unauthorized" }),
    ])
  })

  it.each([
    ["the lock of the claim", "FOR UPDATE"],
    ["the lock of its orders", 'FROM "order" WHERE'],
    ["the move of its orders", 'UPDATE "order"'],
  ])(
    "whose database is silent from %s on fail, and work when it answers again",
    async (_, text) => {
      const claim = await openClaim(db, { orderCount: 2 })
      const held = line.holdAt(text)
      const crowd = [1, 2, 3].map(() => post(claim, { silenceMs: 1000 }))
      await held
      for (const one of crowd) {
        await expect(one).rejects.toThrow(
          `the confirmation of ${claim.id} got no response from the database for 1 s: its connection was closed`
        )
      }
      expect(moved).toEqual([])

      line.restore()
      await post(claim)
      await post(claim)
      expect(moved).toEqual([claim.order_ids])
      expect(await ownersOf(claim)).toEqual([claim.customer_id])
    }
  )

  it("whose database is silent from COMMIT on have moved the orders once", async () => {
    const claim = await openClaim(db, { orderCount: 2 })
    const held = line.holdAt("COMMIT")
    const confirm = post(claim, { silenceMs: 1000 })
    await held
    await expect(confirm).rejects.toThrow("got no response")
    const before = await storedClaim(db, claim.id)

    await post(claim)
    expect(moved).toEqual([])
    expect(await ownersOf(claim)).toEqual([claim.customer_id])
    expect(await storedClaim(db, claim.id)).toEqual(before)
  })

  it("are all answered while the database is silent, and all work afterwards", async () => {
    const claims: ClaimRow[] = []
    for (let n = 0; n < 10; n++) claims.push(await openClaim(db))
    await post(claims[0]!)
    line.hold()
    const silent = await Promise.allSettled(
      claims.slice(1).map((claim) => post(claim, { silenceMs: 1000 }))
    )
    expect(new Set(silent.map(({ status }) => status))).toEqual(
      new Set(["rejected"])
    )
    line.restore()
    await Promise.all(claims.slice(1).map((claim) => post(claim)))
    for (const claim of claims) {
      expect(await ownersOf(claim)).toEqual([claim.customer_id])
    }
  })
})
