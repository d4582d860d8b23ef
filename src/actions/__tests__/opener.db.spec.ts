import { silentLogger } from "../../values/__tests__/loggers"
import { Opener } from "../opener"
import {
  addCustomer,
  addOrder,
  addOrders,
  connect,
  jamClaims,
  openDatabase,
  requestFor,
  RULES,
  storedClaims,
  TestDatabase,
} from "../../db/__tests__/test-database"

const GUEST = "greta@example.com"

describe("the opener", () => {
  let db: TestDatabase
  let opener: Opener
  let clara: string

  beforeEach(async () => {
    db = await openDatabase()
    opener = new Opener(db.pool, RULES, silentLogger)
    clara = await addCustomer(db)
  })
  afterEach(() => db.close())

  /** The number of claims that each transaction has written, in their order. */
  const sizes = async () => {
    const rows = await db.query<{ claims: number }>(
      "SELECT count(*)::int AS claims FROM order_claim GROUP BY xmin::text ORDER BY min(id)"
    )
    return rows.map(({ claims }) => claims)
  }

  it("opens a burst of 1,000 events in two transactions, the first a small one", async () => {
    const orders = await addOrders(db, GUEST, 1000)
    const opened = await Promise.all(
      orders.map((id) => opener.open(requestFor(clara, GUEST, [id])))
    )
    expect(opened.map(({ claim }) => claim.order_ids[0])).toEqual(orders)
    expect(await storedClaims(db)).toHaveLength(1000)
    expect(await sizes()).toEqual([100, 900])
  })

  it("opens more than 1,000 in as few transactions as possible", async () => {
    const ids = Array.from({ length: 2001 }, (_, i) => `order_unknown_${i}`)
    await Promise.all(
      ids.map((id) => opener.open(requestFor(clara, GUEST, [id])))
    )
    expect(await storedClaims(db)).toHaveLength(2001)
    expect(await sizes()).toEqual([100, 1000, 901])
  })

  it("takes no more than 10,000 orders at once", async () => {
    const many = Array.from({ length: 3000 }, (_, i) => `order_unknown_${i}`)
    const requests = Array.from({ length: 5 }, () =>
      requestFor(clara, GUEST, many)
    )
    await Promise.all(requests.map((request) => opener.open(request)))
    expect(await sizes()).toEqual([3, 2])
  })

  it("resolves once the claim is committed", async () => {
    const other = await connect(db.url)
    const request = requestFor(clara, GUEST, [await addOrder(db, GUEST)])
    const { claim } = await opener.open(request)
    const seen = await storedClaims(other)
    await other.close()
    expect(seen.map(({ id }) => id)).toEqual([claim.id])
  })

  it("opens what arrives while it works, without waiting for a next burst", async () => {
    const [one, two] = (await addOrders(db, GUEST, 2)) as [string, string]
    const first = opener.open(requestFor(clara, GUEST, [one]))
    const second = first.then(() =>
      opener.open(requestFor(clara, GUEST, [two]))
    )
    await Promise.all([first, second])
    expect(await storedClaims(db)).toHaveLength(2)
  })

  it("opens the others if the database cannot store one request", async () => {
    const orders = await addOrders(db, GUEST, 4)
    const requests = orders.map((id, i) =>
      requestFor(clara, GUEST, [i === 2 ? `${id}\0` : id])
    )
    const settled = await Promise.allSettled(
      requests.map((request) => opener.open(request))
    )
    expect(settled.map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
    ])
    expect(settled[2]).toMatchObject({ reason: { code: "22021" } })
    expect(await storedClaims(db)).toHaveLength(3)

    // The opener goes on afterwards.
    const next = requestFor(clara, GUEST, [await addOrder(db, GUEST)])
    expect((await opener.open(next)).isNew).toBe(true)
  })

  it("tries again while the database does not answer", async () => {
    const jam = await jamClaims(db)
    const opening = new Opener(jam.pool, RULES, silentLogger).open(
      requestFor(clara, GUEST, [await addOrder(db, GUEST)])
    )
    await jam.hasFailedSomeone()
    await jam.end()

    expect((await opening).isNew).toBe(true)
    expect(await storedClaims(db)).toHaveLength(1)
  })

  it("does not open later what it has given up", async () => {
    const failing = opener.open(requestFor(clara, GUEST, ["order_\0"]))
    await expect(failing).rejects.toMatchObject({ code: "22021" })
    expect(await storedClaims(db)).toEqual([])
  })
})
