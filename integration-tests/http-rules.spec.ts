import {
  type Answer,
  bearer,
  claimedOrder,
  everything,
  loginStaff,
  ownClaims,
  post,
  request,
  withToken,
} from "./claims"
import { adminLogin, type LoggedIn, sharedShop, type Shop } from "./stock-store"

jest.setTimeout(120_000)

const STOREFRONT = "http://localhost:8000"
const DASHBOARD = "http://localhost:7001"

const takingToken = [
  "/store/orders/customer/confirm",
  "/store/order-claims/lookup",
  "/store/order-claims/decline",
  "/store/order-claims/renew",
]
const routes: [method: string, path: string][] = [
  ...takingToken.map((path): [string, string] => ["POST", path]),
  ["GET", "/store/order-claims"],
  ["DELETE", "/store/order-claims/oclaim_1"],
  ["GET", "/admin/order-claims"],
  ["POST", "/admin/order-claims"],
  ["POST", "/admin/order-claims/retry"],
  ["POST", "/admin/order-claims/oclaim_1/resend"],
  ["POST", "/admin/order-claims/oclaim_1/cancel"],
  ["POST", "/admin/order-claims/oclaim_1/revert"],
]

const unsafe = (method: string, path: string) =>
  method === "POST" && path.startsWith("/admin")

describe("every route of the plugin", () => {
  let shop: Shop
  let clara: LoggedIn
  let staff: string
  let claimed: Awaited<ReturnType<typeof claimedOrder>>

  const originOf = (path: string) =>
    path.startsWith("/admin") ? DASHBOARD : STOREFRONT
  const preflight = (method: string, path: string, origin: string) =>
    request("OPTIONS", shop.url + path, {
      origin,
      "access-control-request-method": method,
      "access-control-request-headers": "content-type,authorization",
    })
  const expectDiscreet = ({ headers }: Answer) => {
    expect([
      headers.get("cache-control"),
      headers.get("referrer-policy"),
    ]).toEqual(["no-store", "no-referrer"])
  }

  beforeAll(async () => {
    shop = await sharedShop()
    clara = await shop.registerCustomer({ email: "clara@example.com" })
    staff = await loginStaff(shop)
    claimed = await claimedOrder(shop, clara, "greta@example.com")
  })
  afterAll(() => shop?.close())

  it.each(routes)(
    "lets its own browsers ask first, and no others: %s %s",
    async (method, path) => {
      const allowed = await preflight(method, path, originOf(path))
      expect(allowed.status).toBe(204)
      expect(allowed.headers.get("access-control-allow-origin")).toBe(
        originOf(path)
      )
      expect(allowed.headers.get("access-control-allow-credentials")).toBe(
        "true"
      )
      expect(allowed.headers.get("access-control-allow-methods")).toContain(
        method
      )
      const foreign = [STOREFRONT, DASHBOARD, "https://evil.example", "null"]
      for (const origin of foreign.filter((o) => o !== originOf(path))) {
        const other = await preflight(method, path, origin)
        expect(other.headers.get("access-control-allow-origin")).toBeNull()
      }
    }
  )

  it.each(routes)(
    "refuses in a way its browsers can read and no cache keeps: %s %s",
    async (method, path) => {
      const refused = await request(method, shop.url + path, {
        origin: originOf(path),
      })
      expect(refused.status).toBeGreaterThanOrEqual(400)
      expect(refused.status).toBeLessThan(500)
      expect(refused.headers.get("access-control-allow-origin")).toBe(
        originOf(path)
      )
      expectDiscreet(refused)
    }
  )

  it.each(routes.filter(([method, path]) => unsafe(method, path)))(
    "does nothing for a page of another site, even if staff are logged in: %s %s",
    async (method, path) => {
      const login = await post(`${shop.url}/admin/auth`, adminLogin)
      const cookie = login.headers.get("set-cookie")!.split(";")[0]!
      const from = (origin: string, to: string) =>
        request(method, shop.url + to, {
          cookie,
          origin,
          "sec-fetch-site": "cross-site",
        })
      const before = await everything(shop)
      const known = path.replace("oclaim_1", claimed.claim.id)
      for (const origin of ["https://evil.example", "null", STOREFRONT]) {
        const refused = await from(origin, known)
        expect(refused).toMatchObject({
          status: 400,
          body: { code: "order_claim_cross_site" },
        })
        expectDiscreet(refused)
      }
      expect(await everything(shop)).toBe(before)
      const { body } = await from(DASHBOARD, path)
      expect(body.code).not.toBe("order_claim_cross_site")
    }
  )

  it("answers so that no cache keeps it", async () => {
    const answers = [
      await withToken(shop, "lookup", claimed.token),
      await ownClaims(shop, clara),
      await request("GET", `${shop.url}/admin/order-claims`, bearer(staff)),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(200)
      expectDiscreet(answer)
    }
  })

  describe.each(takingToken)("that takes a token: %s", (path) => {
    const send = (body: unknown, headers = {}) =>
      post(shop.url + path, body, headers)

    it.each([
      ["broken JSON", "{"],
      ["a list", "[]"],
      ["a text", '"token"'],
      ["null", "null"],
      ["200 kB", JSON.stringify({ token: "x".repeat(200_000) })],
      ["200 kB of anything", "x".repeat(200_000)],
    ])("answers a body of %s with a 400", async (_, body) => {
      const refused = await send(body)
      expect(refused).toMatchObject({
        status: 400,
        body: { type: "invalid_data" },
      })
      expectDiscreet(refused)
    })

    it("takes a body as long as core's, and judges its token", async () => {
      const refused = await send({ token: "x".repeat(100_000) })
      expect(refused.body.code).toBe("order_claim_invalid")
    })

    it("answers a body that is empty, or no JSON, with a 400", async () => {
      const form = { "content-type": "application/x-www-form-urlencoded" }
      for (const refused of [
        await send(""),
        await send(`token=${claimed.token}`, form),
      ]) {
        expect(refused.status).toBe(400)
        expectDiscreet(refused)
      }
    })

    it("names a field it does not know, and does nothing", async () => {
      const before = await everything(shop)
      const refused = await send({ token: claimed.token, order_ids: ["1"] })

      expect(refused).toMatchObject({
        status: 400,
        body: {
          type: "invalid_data",
          message: expect.stringContaining("order_ids") as string,
        },
      })
      expect(await everything(shop)).toBe(before)
    })
  })

  describe.each(routes.filter(([method, path]) => unsafe(method, path)))(
    "of staff: %s %s",
    (_method, path) => {
      const send = (body: string, type = "application/json") =>
        post(shop.url + path.replace("oclaim_1", claimed.claim.id), body, {
          ...bearer(staff),
          "content-type": type,
        })

      it.each([
        ["an unknown field", '{ "foo": 1 }', undefined],
        ["broken JSON", "{", undefined],
        ["a list", "[]", undefined],
        ["a form", "to=other@example.com", "application/x-www-form-urlencoded"],
        ["a text", '{ "to": "other@example.com" }', "text/plain"],
        ["2 MB", JSON.stringify({ to: "x".repeat(2_000_000) }), undefined],
      ])("refuses a body of %s, and does nothing", async (_, body, type) => {
        const before = await everything(shop)
        const refused = await send(body, type)
        expect(refused).toMatchObject({
          status: 400,
          body: { type: "invalid_data" },
        })
        expect(refused.body.message).not.toContain("token")
        expect(await everything(shop)).toBe(before)
      })
    }
  )

  it("says that a path is malformed", async () => {
    const url = `${shop.url}/admin/order-claims/%E0%A4%A/cancel`
    expect(await post(url, {}, bearer(staff))).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("path of the URL") as string },
    })
  })

  it("lets staff ask for as many orders as a claim can have", async () => {
    const order_ids = Array.from(
      { length: 3000 },
      (_, at) => `order_01HF5XPZ8K2M4C6B8V0N${String(at).padStart(6, "0")}`
    )
    const asked = { customer_id: clara.customer.id, order_ids }
    const { status, body } = await post(
      `${shop.url}/admin/order-claims`,
      asked,
      bearer(staff)
    )
    expect([status, body.type]).toEqual([404, "not_found"])
  })

  it.each([
    ["limit", "?limit=101"],
    ["limit", "?limit=ten"],
    ["offset", "?offset=-1"],
    ["status", "?status=sent"],
    ["customer_id", "?customer_id=cus_1"],
  ])(
    "names the field that is off in the claimant's list: %s in %s",
    async (field, query) => {
      const { status, body } = await ownClaims(shop, clara, query)
      expect([status, body.type]).toEqual([400, "invalid_data"])
      expect(body.message).toContain(field)
    }
  )

  it.each(["GET", "HEAD"])("changes nothing at a %s", async (method) => {
    const { claim, token } = claimed
    const paths = [
      ...takingToken,
      "/store/order-claims",
      `/store/order-claims/${claim.id}`,
      "/admin/order-claims",
      `/admin/order-claims/${claim.id}`,
      `/admin/order-claims/${claim.id}/cancel`,
      `/admin/order-claims/${claim.id}/resend`,
      `/admin/order-claims/${claim.id}/revert`,
      "/admin/order-claims/retry",
      "/order-claim",
    ]
    const before = await everything(shop)
    for (const path of paths) {
      for (const query of ["", `?token=${token}`]) {
        for (const login of [{}, bearer(clara.token), bearer(staff)]) {
          const url = shop.url + path + query
          const { status } = await request(method, url, login)
          expect([path, status < 500]).toEqual([path, true])
        }
      }
    }
    expect(await everything(shop)).toBe(before)
    const { body } = await withToken(shop, "lookup", token)
    expect(body.order_claim).toMatchObject({ status: "open" })
  })
})
