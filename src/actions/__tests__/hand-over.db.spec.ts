import type { EntityManager } from "typeorm"
import {
  DatabaseLine,
  startDatabaseLine,
} from "../../../integration-tests/database-line"
import { theHarness } from "../../../integration-tests/stock-store/harness"
import { inShopTransaction } from "../../db/shop-transaction"
import {
  openClaim,
  openDatabase,
  TestDatabase,
} from "../../db/__tests__/test-database"
import { openShopPool, ShopPool } from "../../db/__tests__/test-shop-pool"
import { TRANSACTION_LIMITS } from "../../db/transaction-limits"
import { confirmClaim } from "../confirm"
import { CoreServices, handOver } from "../hand-over"
import { CONFIRM_RULES, link } from "./presenting"

/** Core's services, as far as a hand-over uses them: they need a whole store. */
const core = {
  orderService: {
    withTransaction: (tx: EntityManager) => ({
      update: (id: string, order: { customer_id: string; email: string }) =>
        tx.query(
          'UPDATE "order" SET customer_id = $2, email = $3 WHERE id = $1',
          [id, order.customer_id, order.email]
        ),
    }),
  },
  eventBusService: {
    withTransaction: (tx: EntityManager) => ({
      emit: (event: string, data: object) =>
        tx.query(
          "INSERT INTO staged_job (id, event_name, data) VALUES ($1, $1, $2)",
          [event, data]
        ),
    }),
  },
} as unknown as CoreServices

describe("a hand-over", () => {
  let db: TestDatabase
  let line: DatabaseLine
  let shop: ShopPool

  beforeAll(async () => {
    db = await openDatabase()
    line = await startDatabaseLine(theHarness().postgresPort)
    shop = await openShopPool(line.urlThrough(db.url))
  })
  afterAll(async () => {
    await shop?.close()
    await line?.stop()
    await db?.close()
  })

  it("may take longer than the limit on silence, as each order is a step", async () => {
    const ORDERS = 15
    const claim = await openClaim(db, { orderCount: ORDERS })
    const begun = performance.now()
    line.slowDown(100)
    await inShopTransaction(
      shop.manager,
      "the confirm",
      (tx) =>
        confirmClaim(tx, link(claim), CONFIRM_RULES, (confirmation) =>
          handOver(core, tx, confirmation)
        ),
      { ...TRANSACTION_LIMITS, silenceMs: 1000 }
    )
    line.slowDown(0)

    expect(performance.now() - begun).toBeGreaterThan(ORDERS * 100)
    const moved = await db.query(
      'SELECT FROM "order" WHERE id = ANY($1) AND customer_id = $2',
      [claim.order_ids, claim.customer_id]
    )
    expect(moved).toHaveLength(ORDERS)
    const events = await db.query(
      "SELECT FROM staged_job WHERE event_name = 'order-claim.confirmed'"
    )
    expect(events).toHaveLength(1)
  })
})
