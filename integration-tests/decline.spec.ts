import {
  ask,
  cancelAny,
  cancelOwn,
  claimById,
  claimedOrder,
  confirm,
  emitted,
  eventually,
  expire,
  loginStaff,
  newestToken,
  ownClaims,
  ownerOf,
  resend,
  withToken,
} from "./claims"
import { type LoggedIn, sharedShop, type Shop } from "./stock-store"

jest.setTimeout(120_000)

describe('a recipient who says "this wasn\'t me"', () => {
  let shop: Shop
  let mallory: LoggedIn
  let staff: string

  const decline = (token: string) => withToken(shop, "decline", token)
  const askedByMallory = (email: string) => claimedOrder(shop, mallory, email)

  beforeAll(async () => {
    shop = await sharedShop()
    mallory = await shop.registerCustomer({ email: "mallory@example.com" })
    staff = await loginStaff(shop)
  })
  afterAll(() => shop?.close())

  it("ends the claim: its link is dead, and the orders stay", async () => {
    const { claim, order, token } = await askedByMallory("greta@example.com")
    const declined = await decline(token)

    expect([declined.status, declined.body]).toEqual([
      200,
      { order_claim: { status: "declined" } },
    ])
    expect(await claimById(shop, claim.id)).toMatchObject({
      status: "declined",
      resolved_by: "recipient",
      next_attempt_at: null,
    })
    const refused = { status: 400, body: { code: "order_claim_declined" } }
    expect(await confirm(shop, token)).toMatchObject(refused)
    expect(await withToken(shop, "renew", token)).toMatchObject(refused)
    expect(await resend(shop, staff, claim.id)).toMatchObject(refused)
    expect((await withToken(shop, "lookup", token)).body).toEqual({
      order_claim: { status: "declined" },
    })
    expect((await ownerOf(shop, order.id)).email).toBe("greta@example.com")
  })

  it("may say it twice, and other plugins are told once", async () => {
    const { token } = await askedByMallory("twice@example.com")
    const before = await emitted(shop, "order-claim.declined")

    expect((await decline(token)).status).toBe(200)
    expect((await decline(token)).status).toBe(200)
    await eventually(
      async () => (await emitted(shop, "order-claim.declined")) > before,
      "the event"
    )
    expect(await emitted(shop, "order-claim.declined")).toBe(before + 1)
  })

  it("is not mailed by that claimant again, until an admin lifts it", async () => {
    const email = "left-alone@example.com"
    const { claim, order, token } = await askedByMallory(email)
    await decline(token)

    const again = await ask(shop, mallory, [order.id])
    expect(again).toMatchObject({
      status: "ineligible",
      attempts: 0,
      next_attempt_at: null,
      last_error: "no order may be claimed: 1 declined by its recipient",
    })
    const { body } = await ownClaims(shop, mallory)
    const shown = body.order_claims!.filter(({ order_ids }) =>
      order_ids.includes(order.id)
    )
    expect(shown.map(({ status }) => status)).toEqual(["waiting", "declined"])

    const lifted = await cancelAny(shop, staff, claim.id)
    expect(lifted.body.order_claim).toMatchObject({ status: "canceled" })
    const allowed = await ask(shop, mallory, [order.id])
    const fresh = await newestToken(shop, allowed.id)
    expect(shop.mail.recipients.filter((to) => to === email)).toHaveLength(2)
    expect((await confirm(shop, fresh)).status).toBe(200)
  })

  it("is still asked about the orders that were not declined", async () => {
    const email = "more@example.com"
    const { order, token } = await askedByMallory(email)
    await decline(token)
    const other = await shop.guestOrder(email)

    const { id } = await ask(shop, mallory, [order.id, other.id])
    expect((await confirm(shop, await newestToken(shop, id))).status).toBe(200)
    expect((await ownerOf(shop, other.id)).customer_id).toBe(
      mallory.customer.id
    )
    expect((await ownerOf(shop, order.id)).email).toBe(email)
  })

  it("is still asked by another customer", async () => {
    const { order, token } = await askedByMallory("others@example.com")
    await decline(token)
    const greta = await shop.registerCustomer({ email: "greta2@example.com" })

    const { id } = await ask(shop, greta, [order.id])
    expect((await confirm(shop, await newestToken(shop, id))).status).toBe(200)
    expect((await ownerOf(shop, order.id)).customer_id).toBe(greta.customer.id)
  })

  it("may read the mail late", async () => {
    const { claim, token } = await askedByMallory("late@example.com")
    await expire(shop, claim.id)

    expect((await decline(token)).status).toBe(200)
    expect((await claimById(shop, claim.id)).status).toBe("declined")
  })

  it("is not escaped by a claimant who cancels first", async () => {
    const { claim, order, token } = await askedByMallory("quick@example.com")
    await cancelOwn(shop, mallory, claim.id)

    expect((await decline(token)).status).toBe(200)
    expect((await ask(shop, mallory, [order.id])).status).toBe("ineligible")
  })

  it("cannot decline what an admin has canceled", async () => {
    const { claim, token } = await askedByMallory("revoked@example.com")
    await cancelAny(shop, staff, claim.id)

    expect(await decline(token)).toMatchObject({
      status: 400,
      body: { code: "order_claim_canceled" },
    })
    expect((await claimById(shop, claim.id)).status).toBe("canceled")
  })

  it("cannot take back a confirm", async () => {
    const { order, token } = await askedByMallory("done@example.com")
    await confirm(shop, token)

    expect(await decline(token)).toMatchObject({
      status: 400,
      body: { code: "order_claim_used" },
    })
    expect((await ownerOf(shop, order.id)).customer_id).toBe(
      mallory.customer.id
    )
  })

  it("cannot decline with a link that a newer one has replaced", async () => {
    const { claim, token } = await askedByMallory("newer@example.com")
    await resend(shop, staff, claim.id)

    expect(await decline(token)).toMatchObject({
      status: 400,
      body: { code: "order_claim_superseded" },
    })
    const newest = await newestToken(shop, claim.id)
    expect((await decline(newest)).status).toBe(200)
  })
})
