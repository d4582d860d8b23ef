import {
  ask,
  bearer,
  claimById,
  claimedOrder,
  claims,
  confirm,
  everything,
  loginStaff,
  newestToken,
  ownerOf,
  post,
  resend,
  submitPage,
  withToken,
} from "./claims"
import { campaignBuses } from "./buses"
import { eventTokenOf } from "./event-token"
import {
  type LoggedIn,
  newShop,
  sharedShop,
  type Redis,
  type Shop,
  startRedis,
} from "./stock-store"

jest.setTimeout(120_000)

const SECRET = "a jwt secret for tests, long enough to be one"
describe.each(campaignBuses)("on the %s event bus, a stranger", (bus) => {
  let redis: Redis | undefined
  let shop: Shop
  let bob: LoggedIn

  const confirmAs = (who: LoggedIn, token: string) =>
    post(
      `${shop.url}/store/orders/customer/confirm`,
      { token },
      bearer(who.token)
    )
  const unauthorized = {
    status: 401,
    body: { type: "unauthorized", code: "order_claim_login_required" },
  }

  /** A guest has ordered; a stranger registers with their address, and asks. */
  const registeredWith = async (email: string) => {
    const order = await shop.guestOrder(email)
    const stranger = await shop.registerCustomer({
      email,
      password: "the stranger's",
      first_name: "The password is",
      last_name: "the stranger's",
    })
    const { id } = await ask(shop, stranger, [order.id])
    const token = await newestToken(shop, id)
    return { order, stranger, claim: await claimById(shop, id), token }
  }
  const pressConfirm = (token: string, password?: string) =>
    submitPage(shop, {
      token,
      action: "confirm",
      ...(password !== undefined && { password }),
    })

  /** Whatever the reader of the mail does, the order stays the guest's. */
  const isRefused = async (token: string) => {
    const before = await everything(shop)
    expect(await confirm(shop, token)).toMatchObject(unauthorized)
    expect(await confirmAs(bob, token)).toMatchObject(unauthorized)
    for (const password of [undefined, ""]) {
      expect((await pressConfirm(token, password)).status).toBe(401)
    }
    expect(await everything(shop)).toBe(before)

    expect((await pressConfirm(token, "a guess")).status).toBe(401)
    await shop.query("UPDATE order_claim SET password_attempts = 0")
    expect(await everything(shop)).toBe(before)
  }

  beforeAll(async () => {
    redis = bus === "redis" ? await startRedis() : undefined
    shop = redis
      ? await newShop({
          bus: { redisUrl: redis.url },
          pluginOptions: { limits: false },
        })
      : await sharedShop()
    bob = await shop.registerCustomer({ email: "bob@example.com" })
  })
  afterAll(async () => {
    await shop?.close()
    await redis?.stop()
  })

  it("who has registered with the owner's address gets nothing by the owner's click", async () => {
    const { claim, token } = await registeredWith("owner@example.com")
    expect(claim.own_address).toBe(true)
    await isRefused(token)
  })

  it("cannot say on the page which password to use", async () => {
    const { stranger, token } = await registeredWith("reader@example.com")
    const looked = await withToken(shop, "lookup", token)
    expect(looked.body.order_claim).toMatchObject({
      status: "open",
      login_required: true,
      claimant: { name: "", email: "r***@example.com" },
      own_address: true,
      account_opened_at: stranger.customer.created_at,
    })
    const { text } = await pressConfirm(token)
    expect(text).toContain("An account with this email address was opened on")
    expect(text).not.toContain("The password is")
  })

  it("gets nothing by giving the account another address afterwards", async () => {
    const { stranger, token } = await registeredWith("left@example.com")
    await stranger.medusa.customers.update({ email: "elsewhere@example.com" })
    await isRefused(token)
  })

  it("gets nothing by taking the owner's address before the click", async () => {
    const mallory = await shop.registerCustomer({
      email: "mallory@example.com",
    })
    const { token } = await claimedOrder(shop, mallory, "taken@example.com")
    await mallory.medusa.customers.update({ email: "taken@example.com" })
    await isRefused(token)
  })

  it("gets nothing by having had the owner's address when the mail was written", async () => {
    const trudy = await shop.registerCustomer({ email: "trudy@example.com" })
    const asked = await claimedOrder(shop, trudy, "between@example.com")
    expect(asked.claim.own_address).toBe(false)
    await trudy.medusa.customers.update({ email: "between@example.com" })
    const staff = await loginStaff(shop)
    expect((await resend(shop, staff, asked.claim.id)).status).toBe(200)
    const token = await newestToken(shop, asked.claim.id)
    await trudy.medusa.customers.update({ email: "trudy@example.com" })

    expect((await claimById(shop, asked.claim.id)).own_address).toBe(true)
    await isRefused(token)
  })

  it("gets nothing with core's own token, with a claim or before there is one", async () => {
    const { claim, token } = await registeredWith("event@example.com")
    const own = await eventTokenOf(shop, claim.id, SECRET)
    await isRefused(own)

    await shop.query("DELETE FROM order_claim WHERE id = $1", [claim.id])
    const before = await everything(shop)
    expect(await confirm(shop, own)).toMatchObject(unauthorized)
    expect(await confirmAs(bob, own)).toMatchObject(unauthorized)
    expect((await confirm(shop, token)).body.code).toBe("order_claim_invalid")
    expect(await everything(shop)).toBe(before)
    expect((await claims(shop)).map(({ id }) => id)).not.toContain(claim.id)
  })

  it("who is the owner after all confirms, logged in, and nobody repeats it", async () => {
    const { order, stranger, token } = await registeredWith("me@example.com")
    expect(await confirmAs(stranger, token)).toMatchObject({ status: 200 })
    const { customer_id } = await ownerOf(shop, order.id)
    expect(customer_id).toBe(stranger.customer.id)

    expect(await confirm(shop, token)).toMatchObject(unauthorized)
    expect(await confirmAs(bob, token)).toMatchObject(unauthorized)
    expect(await confirmAs(stranger, token)).toMatchObject({ status: 200 })
  })

  it("is the owner's to decline, without a login", async () => {
    const { order, token } = await registeredWith("no@example.com")
    expect((await withToken(shop, "decline", token)).status).toBe(200)
    expect((await ownerOf(shop, order.id)).email).toBe("no@example.com")
  })

  it("of another address is confirmed by whoever has the link, as ever", async () => {
    const { order, token } = await claimedOrder(shop, bob, "other@example.com")
    expect((await confirm(shop, token)).status).toBe(200)
    expect((await ownerOf(shop, order.id)).customer_id).toBe(bob.customer.id)
  })
})
