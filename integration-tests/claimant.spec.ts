import {
  ask,
  cancelOwn,
  claimById,
  claimedOrder,
  confirm,
  everything,
  letPass,
  newestToken,
  ownClaims,
  post,
  request,
  withToken,
} from "./claims"
import { type LoggedIn, sharedShop, type Shop } from "./stock-store"

jest.setTimeout(120_000)

describe("a claimant", () => {
  let shop: Shop
  let clara: LoggedIn
  let bob: LoggedIn

  const claimedByClara = (email: string) => claimedOrder(shop, clara, email)
  const statusOf = async (id: string) => {
    const { body } = await ownClaims(shop, clara, "?limit=100")
    return body.order_claims!.find((claim) => claim.id === id)?.status
  }

  beforeAll(async () => {
    shop = await sharedShop()
    clara = await shop.registerCustomer({ email: "clara@example.com" })
    bob = await shop.registerCustomer({ email: "bob@example.com" })
  })
  afterAll(() => shop?.close())

  it("sees what they asked for, the address masked, and nothing else", async () => {
    const { claim, order } = await claimedByClara("greta@example.com")
    const { status, body } = await ownClaims(shop, clara)
    const [row] = await shop.query<{ created_at: Date }>(
      "SELECT created_at FROM order_claim WHERE id = $1",
      [claim.id]
    )
    const created_at = row!.created_at.toISOString()
    const aDayLater = new Date(row!.created_at.getTime() + 24 * 3_600_000)

    expect(status).toBe(200)
    expect(body).toEqual({
      order_claims: [
        {
          id: claim.id,
          status: "waiting",
          email: "g***@example.com",
          order_ids: [order.id],
          display_id: null,
          created_at,
          expires_at: aDayLater.toISOString(),
        },
      ],
      count: 1,
      limit: 20,
      offset: 0,
    })
    expect((await ownClaims(shop, bob)).body).toMatchObject({
      order_claims: [],
      count: 0,
    })
  })

  it("follows what becomes of it", async () => {
    const { claim, token } = await claimedByClara("followed@example.com")
    expect(await statusOf(claim.id)).toBe("waiting")
    await confirm(shop, token)
    expect(await statusOf(claim.id)).toBe("confirmed")

    const declined = await claimedByClara("declined@example.com")
    await withToken(shop, "decline", declined.token)
    expect(await statusOf(declined.claim.id)).toBe("declined")

    const expired = await claimedByClara("expired@example.com")
    await letPass(shop, expired.claim.id, 24)
    expect(await statusOf(expired.claim.id)).toBe("expired")
  })

  it("cannot tell an order that may not be claimed from one that waits", async () => {
    const order = await shop.guestOrder("account@example.com")
    await shop.query('UPDATE "order" SET customer_id = $1 WHERE id = $2', [
      bob.customer.id,
      order.id,
    ])
    const claim = await ask(shop, clara, [order.id])

    expect(claim.status).toBe("ineligible")
    expect(await statusOf(claim.id)).toBe("waiting")
    await letPass(shop, claim.id, 24)
    expect(await statusOf(claim.id)).toBe("expired")
  })

  it("is not told that a link works longer, as only real ones do", async () => {
    const { claim, token } = await claimedByClara("longer@example.com")
    await letPass(shop, claim.id, 25)
    expect((await withToken(shop, "renew", token)).status).toBe(200)
    const renewed = await newestToken(shop, claim.id)
    expect(await statusOf(claim.id)).toBe("expired")
    expect((await confirm(shop, renewed)).status).toBe(200)
    expect(await statusOf(claim.id)).toBe("confirmed")
  })

  it("pages the list, the newest first", async () => {
    const { body: all } = await ownClaims(shop, clara, "?limit=100")
    const ids = all.order_claims!.map(({ id }) => id)
    expect(ids.length).toBeGreaterThan(3)
    expect(ids).toEqual([...ids].sort().reverse())

    const { body } = await ownClaims(shop, clara, "?limit=2&offset=1")
    expect(body).toMatchObject({ count: ids.length, limit: 2, offset: 1 })
    expect(body.order_claims!.map(({ id }) => id)).toEqual(ids.slice(1, 3))
    const { body: none } = await ownClaims(shop, clara, "?limit=0")
    expect(none).toMatchObject({ order_claims: [], count: ids.length })
  })

  it("cancels a claim: its link is dead, twice is once", async () => {
    const { claim, token } = await claimedByClara("regret@example.com")
    const canceled = await cancelOwn(shop, clara, claim.id)

    expect(canceled.status).toBe(200)
    expect(canceled.body.order_claim).toMatchObject({
      id: claim.id,
      status: "canceled",
      email: "r***@example.com",
    })
    expect(canceled.text).not.toContain("regret@")
    expect(await claimById(shop, claim.id)).toMatchObject({
      status: "canceled",
      resolved_by: "claimant",
    })
    expect(await confirm(shop, token)).toMatchObject({
      status: 400,
      body: { type: "not_allowed", code: "order_claim_canceled" },
    })
    const before = await everything(shop)
    expect((await cancelOwn(shop, clara, claim.id)).status).toBe(200)
    expect(await everything(shop)).toBe(before)
  })

  it("cannot cancel what has been confirmed or declined", async () => {
    const confirmed = await claimedByClara("yes@example.com")
    await confirm(shop, confirmed.token)
    const declined = await claimedByClara("no@example.com")
    await withToken(shop, "decline", declined.token)

    for (const [{ claim }, code] of [
      [confirmed, "order_claim_used"],
      [declined, "order_claim_declined"],
    ] as const) {
      expect(await cancelOwn(shop, clara, claim.id)).toMatchObject({
        status: 400,
        body: { type: "not_allowed", code },
      })
    }
  })

  it("is told the same of somebody else's claim and of none", async () => {
    const { claim, token } = await claimedByClara("private@example.com")
    const others = await cancelOwn(shop, bob, claim.id)
    const unknown = await cancelOwn(shop, bob, "oclaim_none")

    expect([others.status, others.body.type]).toEqual([404, "not_found"])
    expect(unknown.status).toBe(404)
    expect(others.text.replace(claim.id, "")).toBe(
      unknown.text.replace("oclaim_none", "")
    )
    expect((await confirm(shop, token)).status).toBe(200)
  })

  it("may be logged in with the session cookie", async () => {
    const login = await post(`${shop.url}/store/auth`, {
      email: "clara@example.com",
      password: "supersecret",
    })
    const cookie = login.headers.get("set-cookie")!.split(";")[0]!
    const { claim } = await claimedByClara("cookie@example.com")
    const own = `${shop.url}/store/order-claims`

    const listed = await request("GET", own, { cookie })
    expect(listed.body.order_claims![0]).toMatchObject({ id: claim.id })
    const canceled = await request("DELETE", `${own}/${claim.id}`, { cookie })
    expect(canceled.body.order_claim).toMatchObject({ status: "canceled" })
  })

  it("has to be logged in", async () => {
    const { claim, token } = await claimedByClara("anonymous@example.com")
    const own = `${shop.url}/store/order-claims`
    for (const [method, url] of [
      ["GET", own],
      ["DELETE", `${own}/${claim.id}`],
    ] as const) {
      const unauthorized = { status: 401, body: { type: "unauthorized" } }
      expect(await request(method, url)).toMatchObject(unauthorized)
      const authorization = "Bearer nonsense"
      expect(await request(method, url, { authorization })).toMatchObject(
        unauthorized
      )
    }
    expect((await confirm(shop, token)).status).toBe(200)
  })
})
