import {
  ask,
  claimById,
  claimedOrder,
  confirm,
  eventually,
  everything,
  loginStaff,
  newestToken,
  ownerOf,
  resend,
  withToken,
} from "./claims"
import { type LoggedIn, sharedShop, type Shop } from "./stock-store"

jest.setTimeout(120_000)

describe("a link whose orders have changed", () => {
  let shop: Shop
  let clara: LoggedIn
  let bob: LoggedIn
  let staff: string

  const changeAddress = async (orderId: string, email: string) => {
    const { admin } = await shop.loginAdmin()
    await admin.orders.update(orderId, { email })
  }
  const stale = { status: 400, body: { code: "order_claim_stale" } }

  beforeAll(async () => {
    shop = await sharedShop()
    clara = await shop.registerCustomer({ email: "clara@example.com" })
    bob = await shop.registerCustomer({ email: "bob@example.com" })
    staff = await loginStaff(shop)
  })
  afterEach(() => {
    shop.mail.onRcpt = undefined
  })
  afterAll(() => shop?.close())

  it("is refused: the order has another address since", async () => {
    const email = "before@example.com"
    const { order, token, claim } = await claimedOrder(shop, clara, email)
    await changeAddress(order.id, "after@example.com")
    const before = await everything(shop)

    expect(await confirm(shop, token)).toMatchObject(stale)
    expect(await resend(shop, staff, claim.id)).toMatchObject(stale)
    expect((await withToken(shop, "lookup", token)).body).toEqual({
      order_claim: { status: "stale" },
    })
    expect(await everything(shop)).toBe(before)
    expect(await ownerOf(shop, order.id)).toMatchObject({
      email: "after@example.com",
    })
  })

  it("is not mailed any more if it was still waiting", async () => {
    const email = "waiting@example.com"
    const order = await shop.guestOrder(email)
    shop.mail.onRcpt = () => ({ code: 451, message: "later" })
    const { id } = await ask(shop, clara, [order.id])
    await eventually(
      async () => (await claimById(shop, id)).deliveries.length,
      "the first attempt"
    )
    await changeAddress(order.id, "elsewhere@example.com")
    shop.mail.onRcpt = undefined

    const withdrawn = await eventually(async () => {
      const claim = await claimById(shop, id)
      return claim.status === "ineligible" && claim
    }, "the claim to be withdrawn")
    expect(withdrawn.last_error).toBe(
      "no order may be claimed: 1 on another email address"
    )
    expect(withdrawn.next_attempt_at).toBeNull()
    const recipients = shop.mail.mails.map(({ envelope }) => envelope.to[0])
    expect(recipients).not.toContain(email)
    expect(recipients).not.toContain("elsewhere@example.com")
  })

  it("is refused, and so is its resend: somebody else's was confirmed first", async () => {
    const email = "contested@example.com"
    const hers = await claimedOrder(shop, clara, email)
    const { id } = await ask(shop, bob, [hers.order.id])
    const his = await newestToken(shop, id)

    expect((await confirm(shop, his)).status).toBe(200)
    expect(await confirm(shop, hers.token)).toMatchObject(stale)
    expect(await resend(shop, staff, hers.claim.id)).toMatchObject(stale)
    const lookedUp = await withToken(shop, "lookup", hers.token)
    expect(lookedUp.body.order_claim).toEqual({ status: "stale" })
    expect((await ownerOf(shop, hers.order.id)).customer_id).toBe(
      bob.customer.id
    )
    expect(await ordersOf(clara)).toEqual([])

    expect((await claimById(shop, hers.claim.id)).token_generation).toBe(1)
  })

  it("is refused: the order was canceled", async () => {
    const email = "gone@example.com"
    const { order, token } = await claimedOrder(shop, clara, email)
    const { admin } = await shop.loginAdmin()
    await admin.orders.cancel(order.id)

    expect(await confirm(shop, token)).toMatchObject(stale)
    expect((await ownerOf(shop, order.id)).email).toBe(email)
  })

  const ordersOf = async (customer: LoggedIn) =>
    (await customer.medusa.customers.listOrders()).orders
})
