import {
  bearer,
  cancelAny,
  claimById,
  claimedOrder,
  confirm,
  everything,
  expire,
  loginStaff,
  post,
  request,
  withToken,
} from "./claims"
import { type LoggedIn, newShop, type Shop } from "./stock-store"

jest.setTimeout(120_000)

type Claimed = Awaited<ReturnType<typeof claimedOrder>>

describe("the shop's staff", () => {
  let shop: Shop
  let clara: LoggedIn
  let bob: LoggedIn
  let staff: string
  let open: Claimed
  let confirmed: Claimed
  let declined: Claimed
  let bobs: Claimed

  const list = (query = "", headers = bearer(staff)) =>
    request("GET", `${shop.url}/admin/order-claims${query}`, headers)
  const listed = async (query: string) => {
    const { status, body } = await list(query)
    expect(status).toBe(200)
    expect(body.count).toBe(body.order_claims!.length)
    return body.order_claims!.map(({ id }) => id)
  }

  beforeAll(async () => {
    shop = await newShop({
      pluginOptions: { limits: false, notify_on_confirm: false },
    })
    clara = await shop.registerCustomer({ email: "clara@example.com" })
    bob = await shop.registerCustomer({ email: "bob@example.com" })
    staff = await loginStaff(shop)
    open = await claimedOrder(shop, clara, "open@example.com")
    confirmed = await claimedOrder(shop, clara, "confirmed@example.com")
    await confirm(shop, confirmed.token)
    declined = await claimedOrder(shop, clara, "declined@example.com")
    await withToken(shop, "decline", declined.token)
    bobs = await claimedOrder(shop, bob, "bobs@example.com")
  })
  afterAll(() => shop?.close())

  it("see every claim with its attempts, the newest first, and no secret", async () => {
    const { status, body } = await list()
    expect(status).toBe(200)
    expect(body).toMatchObject({ count: 4, limit: 20, offset: 0 })
    expect(body.order_claims!.map(({ id }) => id)).toEqual(
      [bobs, declined, confirmed, open].map(({ claim }) => claim.id)
    )
    const [newest] = body.order_claims!
    expect(newest).toMatchObject({
      customer_id: bob.customer.id,
      email: "bobs@example.com",
      order_ids: [bobs.order.id],
      status: "sent",
      attempts: 1,
      deliveries: [
        { message: "claim-request", to: "recipient", outcome: "accepted" },
      ],
      last_error: null,
      next_attempt_at: null,
    })
    for (const column of ["token", "hash", "leased", "generation"]) {
      expect(Object.keys(newest!).join()).not.toContain(column)
    }
  })

  it("find those of an order, of a claimant, in a status", async () => {
    expect(await listed(`?order_id=${open.order.id}`)).toEqual([open.claim.id])
    expect(await listed(`?customer_id=${bob.customer.id}`)).toEqual([
      bobs.claim.id,
    ])
    expect(await listed("?status=declined")).toEqual([declined.claim.id])
    for (const several of [
      "?status[]=declined&status[]=confirmed",
      "?status=declined&status=confirmed",
    ]) {
      expect(await listed(several)).toEqual([
        declined.claim.id,
        confirmed.claim.id,
      ])
    }
    const all = `customer_id=${clara.customer.id}&status=sent&order_id=`
    expect(await listed(`?${all}${open.order.id}`)).toEqual([open.claim.id])
    expect(await listed(`?${all}${bobs.order.id}`)).toEqual([])
    expect(await listed("?order_id=order_none")).toEqual([])
  })

  it.each(["open@", "OPEN@example", "open@example.com"])(
    "find those of an address, or of its beginning: %s",
    async (q) => {
      expect(await listed(`?q=${q}`)).toEqual([open.claim.id])
      expect(await listed(`?q=${q}&status=declined`)).toEqual([])
    }
  )

  it("take the characters of a search as they are", async () => {
    for (const q of [
      "open_example",
      "%25",
      "o%25",
      "\\",
      "open@example.com%20x",
    ]) {
      expect(await listed(`?q=${q}`)).toEqual([])
    }
  })

  it("find those of an order's number", async () => {
    for (const q of ["", "%23"]) {
      const number = bobs.order.display_id
      expect(await listed(`?q=${q}${number}`)).toEqual([bobs.claim.id])
    }
    expect(await listed("?q=999999")).toEqual([])
  })

  it("find those of a time", async () => {
    const { body } = await list()
    const [newest, second, ...older] = body.order_claims!
    const since = `created_at[gte]=${second!.created_at}`
    expect(await listed(`?${since}`)).toEqual([newest!.id, second!.id])
    expect(
      await listed(`?${since}&created_at[lt]=${newest!.created_at}`)
    ).toEqual([second!.id])
    expect(await listed(`?created_at[lt]=${second!.created_at}`)).toEqual(
      older.map(({ id }) => id)
    )
    expect(await listed("?created_at[lt]=2001-01-01")).toEqual([])
    const hourAgo = Math.floor(Date.now() / 1000) - 3600
    expect(await listed(`?created_at[gt]=${hourAgo}`)).toHaveLength(4)
  })

  it("find those with a notice that failed", async () => {
    expect(await listed("?failed_notices=true")).toEqual([])
    await shop.query(
      "UPDATE order_claim SET failed_notices = '{claimant}' WHERE id = $1",
      [confirmed.claim.id]
    )
    expect(await listed("?failed_notices=true")).toEqual([confirmed.claim.id])
    expect(await listed("?failed_notices=true&status=sent")).toEqual([])
    await shop.query("UPDATE order_claim SET failed_notices = '{}'")
  })

  it("see how many there are in each status, whatever the filter", async () => {
    const { body } = await list("?counts=true&q=open@")
    expect(body).toMatchObject({
      count: 1,
      counts: {
        requested: 0,
        pending: 0,
        sent: 2,
        confirmed: 1,
        reverted: 0,
        declined: 1,
        canceled: 0,
        failed: 0,
        throttled: 0,
        ineligible: 0,
        failed_notices: 0,
      },
    })
    expect(Object.keys((await list("?counts=false")).body)).not.toContain(
      "counts"
    )
  })

  it("see who asked, and the numbers of the orders", async () => {
    const { body } = await list(`?q=bobs@`)
    expect(body.order_claims).toMatchObject([
      {
        claimant: { email: "bob@example.com" },
        orders: [{ id: bobs.order.id, display_id: bobs.order.display_id }],
        requested_by: null,
        history: [],
      },
    ])
  })

  it("page the list", async () => {
    const { body } = await list("?limit=1&offset=2")
    expect(body).toMatchObject({ count: 4, limit: 1, offset: 2 })
    expect(body.order_claims!.map(({ id }) => id)).toEqual([confirmed.claim.id])
  })

  it.each([
    ["limit", "?limit=101"],
    ["limit", "?limit=-1"],
    ["limit", "?limit=ten"],
    ["limit", "?limit=1&limit=2"],
    ["limit", "?limit="],
    ["offset", "?offset=1.5"],
    ["offset", "?offset=99999999999"],
    ["status", "?status=open"],
    ["status", "?status[]=sent&status[]=open"],
    ["status", "?status[is]=sent"],
    ["order_id", "?order_id=a%20b"],
    ["order_id", "?order_id[]=order_1"],
    ["order_id", "?order_id="],
    ["customer_id", "?customer_id=%00"],
    ["colour", "?colour=red"],
    ["q", "?q="],
    ["q", "?q=%20"],
    ["q", "?q[]=a"],
    ["q", "?q=a%00b"],
    ["q", `?q=${"a".repeat(321)}`],
    ["created_at", "?created_at=2026-11-21"],
    ["created_at.gte", "?created_at[gte]=yesterday"],
    ["created_at.gte", "?created_at[gte]=2026-13-45"],
    ["created_at", "?created_at[after]=2026-11-21"],
    ["counts", "?counts=1"],
    ["failed_notices", "?failed_notices=false"],
    ["failed_notices", "?failed_notices="],
    ["failed_notices", "?failed_notices=true&failed_notices=true"],
  ])("are told that %s is off in %s", async (field, query) => {
    const { status, body } = await list(query)
    expect([status, body.type]).toEqual([400, "invalid_data"])
    expect(body.message).toContain(field)
  })

  it("revoke a claim: its link is dead, and twice is once", async () => {
    const { claim, token } = await claimedOrder(shop, clara, "off@example.com")
    const canceled = await cancelAny(shop, staff, claim.id)

    expect(canceled.status).toBe(200)
    expect(canceled.body.order_claim).toMatchObject({
      id: claim.id,
      email: "off@example.com",
      status: "canceled",
      resolved_by: "admin",
    })
    expect(await confirm(shop, token)).toMatchObject({
      status: 400,
      body: { code: "order_claim_canceled" },
    })
    const before = await everything(shop)
    expect((await cancelAny(shop, staff, claim.id)).status).toBe(200)
    expect(await everything(shop)).toBe(before)
  })

  it("revoke also what has expired, and nothing that was confirmed", async () => {
    const late = await claimedOrder(shop, clara, "late@example.com")
    await expire(shop, late.claim.id)
    expect((await cancelAny(shop, staff, late.claim.id)).status).toBe(200)

    expect(await cancelAny(shop, staff, confirmed.claim.id)).toMatchObject({
      status: 400,
      body: { type: "not_allowed", code: "order_claim_used" },
    })
    expect((await claimById(shop, confirmed.claim.id)).status).toBe("confirmed")
  })

  it("are told of an unknown claim", async () => {
    expect(await cancelAny(shop, staff, "oclaim_none")).toMatchObject({
      status: 404,
      body: { type: "not_found" },
    })
  })

  it("may be logged in with the session cookie or an API token", async () => {
    const login = await post(`${shop.url}/admin/auth`, {
      email: "admin@medusa-test.com",
      password: "supersecret",
    })
    const cookie = login.headers.get("set-cookie")!.split(";")[0]!
    expect((await list("", { cookie })).status).toBe(200)

    await shop.query(
      `UPDATE "user" SET api_token = 'an api token' WHERE email = 'admin@medusa-test.com'`
    )
    const token = { "x-medusa-access-token": "an api token" }
    expect((await list("", token)).status).toBe(200)
  })

  it("have to be logged in, and are not a customer", async () => {
    const before = await everything(shop)
    for (const headers of [{}, bearer("nonsense"), bearer(clara.token)]) {
      expect((await list("", headers)).status).toBe(401)
      const cancel = `${shop.url}/admin/order-claims/${open.claim.id}/cancel`
      expect((await post(cancel, {}, headers)).status).toBe(401)
    }
    expect(await everything(shop)).toBe(before)
  })
})
