import {
  changeClaim,
  openClaim,
  openDatabase,
  TestDatabase,
} from "../../db/__tests__/test-database"
import { checkDatabase } from "../checks/database"
import { print } from "../checks/finding"
import { erase } from "../erase"
import { captureOutput, shopConfig } from "./store-folder"

describe("the check of a store's database", () => {
  let db: TestDatabase
  let role: string
  beforeEach(async () => {
    db = await openDatabase()
    role = `limited-${new URL(db.url).pathname.slice(1)}`
  })
  afterEach(() => db.close())

  const lines = async (database_url = db.url) =>
    (await checkDatabase({ database_url })).map(print)
  /** The database as another role, which may read and write all, but for this. */
  const asLimited = async (revoke: string) => {
    await db.query(`CREATE ROLE "${role}" LOGIN PASSWORD 'limited'`)
    await db.query(`GRANT ALL ON ALL TABLES IN SCHEMA public TO "${role}"`)
    await db.query(revoke)
    const url = new URL(db.url)
    url.username = role
    url.password = "limited"
    return url.href
  }
  it("finds all in order", async () => {
    expect(await lines()).toEqual([
      "✓ database: the table order_claim is there (schema public)",
      expect.stringMatching(
        /^✓ database rights: the role \S+ has every right that the plugin needs$/
      ),
      "✓ backlog: no email is waiting; none failed",
    ])
  })

  it("reads what waits, and what has failed", async () => {
    const late = await openClaim(db)
    await changeClaim(
      db,
      late,
      "created_at = now() - interval '3 h', next_attempt_at = now() - interval '2 h'"
    )
    await openClaim(db)
    await changeClaim(
      db,
      await openClaim(db),
      "status = 'failed', next_attempt_at = NULL"
    )
    const asked = await openClaim(db)
    await changeClaim(db, asked, "status = 'requested', next_attempt_at = NULL")
    expect((await lines()).at(-1)).toBe(
      '✗ backlog: 2 emails are waiting, the oldest for 3 hours; the orders of 1 claim have yet to be looked up; 1 claim failed; one was due 2 hours ago, and no server has sent it: is one running, with worker_mode "worker" or "shared"?'
    )
    await changeClaim(
      db,
      late,
      "leased_by = 'a server', leased_until = now() + interval '10 s'"
    )
    expect((await lines()).at(-1)).toMatch(/^✓ backlog: 2 emails are waiting/)

    await changeClaim(
      db,
      late,
      "status = 'confirmed', next_attempt_at = NULL, failed_notices = '{recipient}'"
    )
    await changeClaim(db, asked, "created_at = now() - interval '2 d'")
    expect((await lines()).at(-1)).toMatch(
      /1 claim and notices of 1 claim failed; one was asked for 2 days ago, and no server has looked up its orders: /
    )
  })

  it("says that the table is missing", async () => {
    await db.query("DROP TABLE order_claim")
    expect(await lines()).toEqual([
      "✗ database: the table order_claim is missing: run npx medusa migrations run",
    ])
  })

  it("says that the table is where the role does not look", async () => {
    await db.query("CREATE SCHEMA shop")
    await db.query("ALTER TABLE order_claim SET SCHEMA shop")
    expect(await lines()).toEqual([
      expect.stringMatching(
        /^✗ database: the table order_claim is in the schema shop, which the role (\S+) does not search \(search_path: "\$user", public\): ALTER ROLE \1 SET search_path TO shop$/
      ),
    ])
  })

  it("names each right that the role lacks, and how to grant it", async () => {
    const url = await asLimited(
      `REVOKE DELETE, INSERT ON notification FROM "${role}"`
    )
    await db.query(`REVOKE UPDATE ON "order" FROM "${role}"`)
    expect((await lines(url)).slice(1, -1)).toEqual([
      `✗ database rights: the role "${role}" may not INSERT, DELETE on notification: GRANT INSERT, DELETE ON notification TO "${role}"`,
      `✗ database rights: the role "${role}" may not UPDATE on "order": GRANT UPDATE ON "order" TO "${role}"`,
    ])
  })

  it("says that the table may not even be read", async () => {
    const url = await asLimited(`REVOKE ALL ON order_claim FROM "${role}"`)
    expect((await lines(url)).slice(1)).toEqual([
      expect.stringMatching(
        /may not SELECT, INSERT, UPDATE, DELETE on order_claim: GRANT /
      ),
    ])
  })

  it("says that the database only reads", async () => {
    const name = new URL(db.url).pathname.slice(1)
    await db.query(
      `ALTER DATABASE "${name}" SET default_transaction_read_only = on`
    )
    expect((await lines())[1]).toMatch(
      /^✗ database rights: this database is read-only, like a replica: /
    )
  })

  it("erases an address from the command line, and prints what it did", async () => {
    const { id } = await openClaim(db, { email: "greta@example.com" })
    const config = shopConfig(
      {},
      `projectConfig: { database_url: "${db.url}" }`
    )
    const printed = captureOutput()
    const email = "Greta@example.com"
    await erase({ config, email, dryRun: true })
    expect(printed[0]).toBe(
      "Without --dry-run, G***@example.com would be taken out of:"
    )
    printed.splice(0)
    await erase({ config, email })
    expect(printed).toEqual([
      "G***@example.com was taken out of:",
      "  1 claim (open, so canceled: 1)",
      "  1 notification of the plugin",
      "  0 events that asked for orders of the address",
      "0 declined or reverted claims still block their claimants.",
      "Orders, customers and other plugins may still have it: see docs/privacy.md in the plugin's package.",
    ])
    const [claim] = await db.query<{ email: string }>(
      "SELECT email FROM order_claim WHERE id = $1",
      [id]
    )
    expect(claim?.email).toBe("erased")
    await expect(erase({ config, email: "greta" })).rejects.toThrow(
      "Expected exactly one email address, such as ann@example.com."
    )
    await db.query("DROP TABLE order_claim")
    await expect(erase({ config, email })).rejects.toThrow(
      'the database cannot be used (relation "order_claim" does not exist): run npx medusa-plugin-order-claim doctor to see why'
    )
  })
})
