import {
  claims,
  claimWithStatus,
  confirm,
  eventually,
  loginStaff,
  post,
} from "./claims"
import { type LoggedIn, sharedShop, type Shop, tokenIn } from "./stock-store"

jest.setTimeout(120_000)

const GUEST = "greta@example.com"

describe("an admin's resend", () => {
  let shop: Shop
  let clara: LoggedIn
  let adminToken: string

  /** As "Re-Send Mail" of the dashboard posts it. */
  const resend = (notificationId: string, to?: string) =>
    post(
      `${shop.url}/admin/notifications/${notificationId}/resend`,
      to === undefined ? {} : { to },
      { authorization: `Bearer ${adminToken}` }
    )
  const notificationOf = async (orderId: string) => {
    const [row] = await shop.query<{ id: string }>(
      "SELECT id FROM notification WHERE resource_id = $1 AND parent_id IS NULL",
      [orderId]
    )
    return row!.id
  }
  /** An order that Clara has asked for, the mail at its recipient's. */
  const claimedOrder = async (email: string) => {
    const order = await shop.guestOrder(email)
    await clara.medusa.orders.requestCustomerOrders({ order_ids: [order.id] })
    const [mail] = await shop.mail.waitForMails(1, { to: email })
    await eventually(
      async () =>
        (await claims(shop)).find(
          (claim) => claim.email === email && claim.status === "sent"
        ),
      "the mail on record"
    )
    return { order, mail: mail!, notification: await notificationOf(order.id) }
  }

  beforeAll(async () => {
    shop = await sharedShop()
    clara = await shop.registerCustomer({ email: "clara@example.com" })
    adminToken = await loginStaff(shop)
  })
  afterAll(() => shop?.close())

  it("mails a fresh link and kills the older one", async () => {
    const { mail, notification, order } = await claimedOrder(GUEST)

    expect((await resend(notification)).status).toBe(200)
    const [, second] = await shop.mail.waitForMails(2, { to: GUEST })
    expect(second?.headers.get("message-id")).not.toBe(
      mail.headers.get("message-id")
    )
    expect(await confirm(shop, tokenIn(mail))).toMatchObject({
      status: 400,
      body: { type: "not_allowed", code: "order_claim_superseded" },
    })
    expect((await confirm(shop, tokenIn(second!))).status).toBe(200)
    const { orders } = await clara.medusa.customers.listOrders()
    expect(orders.map(({ id }) => id)).toContain(order.id)
  })

  it("works from the notification of each order of a claim", async () => {
    const email = "two@example.com"
    const orders = [await shop.guestOrder(email), await shop.guestOrder(email)]
    await clara.medusa.orders.requestCustomerOrders({
      order_ids: orders.map(({ id }) => id),
    })
    await shop.mail.waitForMails(1, { to: email })

    for (const { id } of orders) {
      expect((await resend(await notificationOf(id))).status).toBe(200)
    }
    const mails = await shop.mail.waitForMails(3, { to: email })
    expect((await confirm(shop, tokenIn(mails[2]!))).status).toBe(200)
  })

  it("goes to another address if the admin types one", async () => {
    const { notification } = await claimedOrder("typo@exmaple.com")

    expect((await resend(notification, "typo@example.com")).status).toBe(200)
    const [mail] = await shop.mail.waitForMails(1, { to: "typo@example.com" })
    expect((await confirm(shop, tokenIn(mail!))).status).toBe(200)
  })

  it.each([
    ["a list", "a@example.com, b@example.com"],
    ["a display name", "Ann <ann@example.com>"],
    ["a second header", "ann@example.com\r\nBcc: b@example.com"],
    ["no address", "ann"],
    ["quotes", '"ann, bob"@example.com'],
  ])("refuses %s as address, and mails nothing", async (_, to) => {
    const email = `strict-${Math.random()}@example.com`
    const { notification, mail } = await claimedOrder(email)
    const before = shop.mail.mails.length

    expect(await resend(notification, to)).toMatchObject({
      status: 400,
      body: {
        type: "not_allowed",
        message: expect.stringContaining("exactly one") as string,
      },
    })
    expect(shop.mail.mails).toHaveLength(before)
    expect((await confirm(shop, tokenIn(mail))).status).toBe(200)
  })

  it("is refused after a confirm, with a sentence for the dashboard", async () => {
    const { notification, mail } = await claimedOrder("done@example.com")
    await confirm(shop, tokenIn(mail))

    const refused = await resend(notification)
    expect(refused.status).toBe(400)
    expect(refused.body).toMatchObject({ code: "order_claim_used" })
    expect(refused.body.message).toMatch(/has been confirmed/)
  })

  it.each(["declined", "canceled"])(
    "is refused for a %s claim",
    async (status) => {
      const email = `${status}@example.com`
      const { notification, mail } = await claimedOrder(email)
      await shop.query("UPDATE order_claim SET status = $1 WHERE email = $2", [
        status,
        email,
      ])

      const code = `order_claim_${status}`
      expect(await resend(notification)).toMatchObject({
        status: 400,
        body: { type: "not_allowed", code },
      })
      expect(await confirm(shop, tokenIn(mail))).toMatchObject({
        status: 400,
        body: { code },
      })
    }
  )

  it("is refused when no order may be claimed any more", async () => {
    const { notification, order } = await claimedOrder("gone@example.com")
    const { admin } = await shop.loginAdmin()
    await admin.orders.cancel(order.id)

    expect(await resend(notification)).toMatchObject({
      status: 400,
      body: { code: "order_claim_stale" },
    })
  })

  it("shows the admin what the mail server said", async () => {
    const { notification } = await claimedOrder("full@example.com")
    shop.mail.onRcpt = () => ({ code: 552, message: "mailbox full" })

    const refused = await resend(notification)
    shop.mail.onRcpt = undefined
    expect(refused.status).toBe(400)
    expect(refused.body.message).toContain("mailbox full")
    expect((await claimWithStatus(shop, "failed")).email).toBe(
      "full@example.com"
    )
    expect((await resend(notification)).status).toBe(200)
  })

  it("answers fifty at once while the shop keeps selling", async () => {
    const { notification } = await claimedOrder("busy@example.com")
    const resends = Array.from({ length: 50 }, () => resend(notification))
    const pages = Array.from({ length: 10 }, () =>
      fetch(`${shop.url}/store/products`)
    )

    expect((await Promise.all(pages)).map(({ status }) => status)).toEqual(
      Array(10).fill(200)
    )
    expect((await Promise.all(resends)).map(({ status }) => status)).toEqual(
      Array(50).fill(200)
    )
    const mails = await shop.mail.waitForMails(51, { to: "busy@example.com" })
    const answers = await Promise.all(
      mails.map((mail) => confirm(shop, tokenIn(mail)))
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it("is refused elsewhere than the order's address if the shop says so", async () => {
    const strict = await shop.addServer({
      pluginOptions: { limits: false, resend_to: "order_email" },
    })
    const { notification } = await claimedOrder("home@example.com")
    const path = `${strict.url}/admin/notifications/${notification}/resend`
    const authorization = `Bearer ${adminToken}`

    const refused = await post(
      path,
      { to: "away@example.com" },
      { authorization }
    )
    expect(refused.status).toBe(400)
    expect(refused.body.message).toMatch(/only to the address on the order/)
    const allowed = await post(
      path,
      { to: "Home@example.com" },
      { authorization }
    )
    expect(allowed.status).toBe(200)
  })
})
