import type { Queryable } from "../../db/database"
import { Leases } from "../leases"
import {
  connect,
  MINUTE,
  openClaim,
  openDatabase,
  storedClaim,
  TestDatabase,
  until,
} from "../../db/__tests__/test-database"

/** Long enough to be renewed on a busy machine, too. */
const LEASE_MS = 1000

describe("the leases of a process", () => {
  let db: TestDatabase
  const errors: unknown[] = []
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(async () => {
    errors.length = 0
    await db.query("TRUNCATE order_claim")
  })

  const leases = (leaseMs: number) =>
    new Leases(db, { leaseMs, linkTtlMs: 15 * MINUTE }, (error) =>
      errors.push(error)
    )

  it("are held until they are forgotten", async () => {
    const { id } = await openClaim(db)
    const held = leases(15_000)
    expect(held.holds(id)).toBe(false)
    expect((await held.take(1)).map((claim) => claim.id)).toEqual([id])
    expect(held.holds(id)).toBe(true)
    held.forget(id)
    expect(held.holds(id)).toBe(false)
  })

  it("belong to one process only", async () => {
    const { id } = await openClaim(db)
    const [one, other] = [leases(15_000), leases(15_000)]
    expect(one.owner).not.toBe(other.owner)
    expect(await one.take(9)).toHaveLength(1)
    expect(await other.take(9)).toEqual([])
    one.forget(id)
  })

  it("are renewed for as long as they are held", async () => {
    const { id } = await openClaim(db)
    const held = leases(LEASE_MS)
    await held.take(1)
    const first = (await storedClaim(db, id)).leased_until as Date
    await until(async () => {
      const { leased_until } = await storedClaim(db, id)
      return (leased_until as Date).getTime() > first.getTime() + LEASE_MS
    })
    expect(held.holds(id)).toBe(true)
    expect(await leases(LEASE_MS).take(9)).toEqual([])
    held.forget(id)
    expect(errors).toEqual([])
  })

  it("are lost, and not taken back, once another has them", async () => {
    const { id } = await openClaim(db)
    const held = leases(LEASE_MS)
    await held.take(1)
    await db.query(
      "UPDATE order_claim SET leased_by = 'b', leased_until = now() + interval '1 hour'"
    )
    await until(() =>
      Promise.resolve(db.query("SELECT 1").then(() => !held.holds(id)))
    )
    expect((await storedClaim(db, id)).leased_by).toBe("b")
    held.forget(id)
  })

  it("are not taken twice, even after they have ended", async () => {
    const { id } = await openClaim(db)
    const held = leases(15_000)
    await held.take(1)
    await db.query(
      "UPDATE order_claim SET leased_until = now() - interval '1 s'"
    )
    // Its mail may be on the wire, or accepted and not recorded yet.
    expect(await held.take(9)).toEqual([])
    held.forget(id)
    expect(await held.take(9)).toHaveLength(1)
    held.forget(id)
  })

  it("go on while somebody else has locked one of the claims", async () => {
    const [locked, other] = [await openClaim(db), await openClaim(db)]
    const held = leases(LEASE_MS)
    await held.take(2)
    const holder = await connect(db.url)
    await holder.query("BEGIN")
    await holder.query("SELECT 1 FROM order_claim WHERE id = $1 FOR UPDATE", [
      locked.id,
    ])
    const first = (await storedClaim(db, other.id)).leased_until as Date
    await until(async () => {
      const { leased_until } = await storedClaim(db, other.id)
      return (leased_until as Date).getTime() > first.getTime() + LEASE_MS
    })
    // Not lost: nobody else has it. But it may end before it can be renewed.
    expect(held.holds(locked.id)).toBe(false)
    await holder.query("COMMIT")
    await until(async () => {
      await db.query("SELECT 1")
      return held.holds(locked.id)
    })
    await holder.close()
    held.forget(locked.id)
    held.forget(other.id)
    expect(errors).toEqual([])
  })

  it("are not given back while they are being renewed, because that skips locked claims", async () => {
    const { id } = await openClaim(db)
    const asked: string[] = []
    let goOn: () => void = () => undefined
    const slow: Queryable = {
      async query<Row>(sql: string, parameters?: unknown[]) {
        asked.push(/leased_by = NULL/.test(sql) ? "give back" : "other")
        if (/SET leased_until/.test(sql)) {
          asked.push("renew")
          await new Promise<void>((resolve) => (goOn = resolve))
        }
        return db.query<Row>(sql, parameters)
      },
    }
    const held = new Leases(
      slow,
      { leaseMs: LEASE_MS, linkTtlMs: 15 * MINUTE },
      (error) => errors.push(error)
    )
    await held.take(1)
    await until(() => db.query("SELECT 1").then(() => asked.includes("renew")))
    const givenBack = held.giveBack([id])
    expect(asked).not.toContain("give back")
    goOn()
    await givenBack
    expect(asked).toContain("give back")
    expect((await storedClaim(db, id)).leased_by).toBeNull()
  })

  it("are given back for any server", async () => {
    const { id } = await openClaim(db)
    const held = leases(15_000)
    await held.take(1)
    await held.giveBack([id])
    expect(held.holds(id)).toBe(false)
    const next = leases(15_000)
    expect(await next.take(1)).toHaveLength(1)
    next.forget(id)
  })

  it("report that they cannot be renewed, and end in time", async () => {
    const { id } = await openClaim(db)
    const held = leases(LEASE_MS)
    await held.take(1)
    await db.query("ALTER TABLE order_claim RENAME TO elsewhere")
    await until(async () => {
      await db.query("SELECT 1")
      return errors.length > 0 && !held.holds(id)
    })
    await db.query("ALTER TABLE elsewhere RENAME TO order_claim")
    held.forget(id)
  })
})
