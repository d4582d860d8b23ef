import {
  bearer,
  claimById,
  claimedOrder,
  confirm,
  everything,
  ownerOf,
  post,
  submitPage,
  withToken,
} from "./claims"
import { type LoggedIn, newShop, type Shop } from "./stock-store"

jest.setTimeout(120_000)

describe("a shop where only the claimant can confirm", () => {
  let shop: Shop
  let clara: LoggedIn
  let bob: LoggedIn

  const confirmWith = (headers: Record<string, string>, token: string) =>
    post(`${shop.url}/store/orders/customer/confirm`, { token }, headers)
  const unauthorized = {
    status: 401,
    body: { type: "unauthorized", code: "order_claim_login_required" },
  }

  beforeAll(async () => {
    shop = await newShop({ pluginOptions: { require_login: true } })
    clara = await shop.registerCustomer({ email: "clara@example.com" })
    bob = await shop.registerCustomer({ email: "bob@example.com" })
  })
  afterAll(() => shop?.close())

  it("turns everybody else away, and lets the official client through", async () => {
    const { claim, order, token } = await claimedOrder(
      shop,
      clara,
      "greta@example.com"
    )
    const before = await everything(shop)
    expect(await confirm(shop, token)).toMatchObject(unauthorized)
    expect(await confirmWith(bearer("nonsense"), token)).toMatchObject(
      unauthorized
    )
    expect(await confirmWith(bearer(bob.token), token)).toMatchObject(
      unauthorized
    )
    await expect(
      bob.medusa.orders.confirmRequest({ token })
    ).rejects.toMatchObject({ response: { status: 401 } })
    expect(await everything(shop)).toBe(before)

    const confirmed = (await clara.medusa.orders.confirmRequest({
      token,
    })) as { response: { status: number } }
    expect(confirmed.response.status).toBe(200)
    expect((await ownerOf(shop, order.id)).customer_id).toBe(clara.customer.id)
    expect((await claimById(shop, claim.id)).status).toBe("confirmed")
    expect(await confirm(shop, token)).toMatchObject(unauthorized)
  })

  it("takes the claimant's session cookie", async () => {
    const { order, token } = await claimedOrder(
      shop,
      clara,
      "cookie@example.com"
    )
    const cookieOf = async (email: string) => {
      const login = { email, password: "supersecret" }
      const { headers } = await post(`${shop.url}/store/auth`, login)
      return { cookie: headers.get("set-cookie")!.split(";")[0]! }
    }
    const [his, hers] = [
      await cookieOf("bob@example.com"),
      await cookieOf("clara@example.com"),
    ]
    expect(await confirmWith(his, token)).toMatchObject(unauthorized)
    expect((await confirmWith(hers, token)).status).toBe(200)
    expect((await ownerOf(shop, order.id)).customer_id).toBe(clara.customer.id)
  })

  it("takes the claimant's password on the hosted page", async () => {
    const { order, token } = await claimedOrder(shop, clara, "page@example.com")
    const press = (fields: Record<string, string> = {}) =>
      submitPage(shop, { token, action: "confirm", ...fields })
    for (const refused of [await press(), await press({ password: "no" })]) {
      expect(refused.status).toBe(401)
      expect(refused.text).toContain("Password of that account")
    }
    expect((await ownerOf(shop, order.id)).email).toBe("page@example.com")

    const done = await press({ password: "supersecret" })
    expect([done.status, done.text]).toEqual([
      200,
      expect.stringContaining("Done: added to the account"),
    ])
    expect((await ownerOf(shop, order.id)).customer_id).toBe(clara.customer.id)
  })

  it("tells a token that is none from a login that is missing", async () => {
    expect((await confirm(shop, "garbage")).body.code).toBe(
      "order_claim_invalid"
    )
  })

  it("lets the recipient look and decline without an account", async () => {
    const { token } = await claimedOrder(shop, clara, "no@example.com")

    expect((await withToken(shop, "lookup", token)).body).toMatchObject({
      order_claim: {
        status: "open",
        login_required: true,
        claimant: { name: "Clara Customer" },
      },
    })
    expect((await withToken(shop, "decline", token)).status).toBe(200)
  })
})
