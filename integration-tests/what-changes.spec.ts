import type { Order } from "@medusajs/medusa"
import type Medusa from "@medusajs/medusa-js"
import {
  ask,
  bearer,
  confirm,
  eventually,
  loginStaff,
  newestToken,
  ownerOf,
  post,
  request,
} from "./claims"
import {
  changesBetween,
  clientFor,
  createProduct,
  type LoggedIn,
  sharedShop,
  type Shop,
  wholeDatabase,
} from "./stock-store"

jest.setTimeout(180_000)

// docs/how-it-works.md, "What changes when a claim is confirmed", sentence by sentence
describe("what changes when a claim is confirmed", () => {
  const GRETA = "greta@example.com"
  const CLARA = "clara@example.com"

  let shop: Shop
  let clara: LoggedIn
  let admin: Medusa
  let staff: string
  let shirt: string
  let giftCard: string

  beforeAll(async () => {
    shop = await sharedShop()
    clara = await shop.registerCustomer({ email: CLARA })
    admin = await shop.loginAdmin()
    staff = await loginStaff(shop)
    const product = await createProduct(admin, { title: "Medusa T-Shirt" })
    shirt = product.variants[0]!.id!
    giftCard = await createGiftCard()
  })
  afterAll(() => shop?.close())

  async function createGiftCard(): Promise<string> {
    const { store } = await admin.admin.store.retrieve()
    const { product } = await admin.admin.products.create({
      title: "Gift card",
      is_giftcard: true,
      discountable: false,
      status: "published" as never,
      sales_channels: [{ id: store.default_sales_channel_id! }],
      options: [{ title: "Denominations" }],
      variants: [
        {
          title: "25",
          inventory_quantity: 0,
          manage_inventory: false,
          options: [{ value: "25" }],
          prices: [{ currency_code: "eur", amount: 2500 }],
        },
      ],
    })
    return product.variants[0]!.id
  }

  const asStaff = async <Body>(path: string, body: object): Promise<Body> => {
    const answer = await post(`${shop.url}/admin/${path}`, body, bearer(staff))
    expect([path, answer.status, answer.text]).toEqual([path, 200, answer.text])
    return JSON.parse(answer.text) as Body
  }
  const swapOf = async (order: Order) => {
    const { order: changed } = await asStaff<{ order: Order }>(
      `orders/${order.id}/swaps?expand=swaps`,
      {
        return_items: [{ item_id: lineOf(order), quantity: 1 }],
        additional_items: [{ variant_id: shirt, quantity: 1 }],
      }
    )
    return changed.swaps[changed.swaps.length - 1]!
  }
  const returnOf = async (order: Order): Promise<string> => {
    const items = [{ item_id: lineOf(order), quantity: 1 }]
    const body = { order_id: order.id, items }
    // as a guest: core asks nobody for a login
    const answer = await post(`${shop.url}/store/returns`, body)
    expect([answer.status, answer.text]).toEqual([200, answer.text])
    return (JSON.parse(answer.text) as { return: { id: string } }).return.id
  }
  const lineOf = ({ items }: Order): string =>
    items.find(({ variant_id }) => variant_id === shirt)!.id

  /** An order of Greta's to which everything has happened that happens to orders. */
  const eventfulOrder = async () => {
    const order = await shop.placeGuestOrder({
      email: GRETA,
      items: [{ variant_id: shirt, quantity: 9 }, { variant_id: giftCard }],
    })
    const { id } = order
    await asStaff(`orders/${id}/capture`, {})
    await asStaff(`orders/${id}/fulfillment`, {
      items: [{ item_id: lineOf(order), quantity: 9 }],
    })
    const returned = await returnOf(order)
    const swap = await swapOf(order)
    await asStaff(`orders/${id}/claims`, {
      type: "refund",
      claim_items: [
        { item_id: lineOf(order), quantity: 1, reason: "production_failure" },
      ],
    })
    const [card] = await shop.query<{ code: string }>(
      "SELECT code FROM gift_card WHERE order_id = $1",
      [id]
    )
    return { order, returned, swap, code: card!.code }
  }
  const confirmed = async (...orders: Order[]) => {
    const ids = orders.map(({ id }) => id)
    const claim = await ask(shop, clara, ids)
    const token = await newestToken(shop, claim.id)
    await atRest()
    const before = await wholeDatabase(shop)
    expect((await confirm(shop, token)).status).toBe(200)
    await atRest()
    return { claim, before }
  }
  const giveBack = async (claimId: string) => {
    await asStaff(`order-claims/${claimId}/revert`, {})
    await atRest()
  }
  /** Waits until every mail has left, and every event is handed out. */
  const atRest = () =>
    eventually(async () => {
      const waiting = await shop.query(
        `SELECT 1 FROM order_claim
         WHERE leased_by IS NOT NULL OR next_attempt_at IS NOT NULL
         UNION ALL SELECT 1 FROM staged_job`
      )
      return waiting.length === 0
    }, "the shop to come to rest")
  const foundWith = async (email: string, { display_id }: Order) => {
    const query = new URLSearchParams({
      display_id: String(display_id),
      email,
    })
    return (
      await request("GET", `${shop.url}/store/orders?${query.toString()}`)
    ).status
  }
  const ordersOf = async (customerId: string) => {
    const { orders } = await admin.admin.orders.list({
      customer_id: customerId,
      limit: 100,
      offset: 0,
    })
    return orders.map(({ id }) => id)
  }
  const cartOf = async (id: string) => {
    const { cart } = await clientFor(shop.url).carts.retrieve(id)
    return { email: cart.email, customer_id: cart.customer_id }
  }

  it("is the order's customer and email address, and nothing else in core's tables", async () => {
    const { order } = await eventfulOrder()
    const { claim, before } = await confirmed(order)
    const after = await wholeDatabase(shop)
    const inCore = (change: string) =>
      !/^(order_claim|notification)\./.test(change)
    const changes = changesBetween(before, after)
    expect(changes.filter(inCore)).toEqual([
      "order.customer_id",
      "order.email",
      "order.updated_at",
    ])
    // the mails that are on the order's page, with the status of their claim
    expect(changes.filter((c) => c.startsWith("notification"))).toEqual([
      "notification.data",
      "notification.updated_at",
    ])

    await giveBack(claim.id)
    const restored = changesBetween(before, await wholeDatabase(shop))
    expect(restored.filter(inCore)).toEqual(["order.updated_at"])
  })

  it("is where the order is found, by whom, and where later mails go", async () => {
    const { order } = await eventfulOrder()
    const guest = order.customer_id
    expect(await foundWith(GRETA, order)).toBe(200)
    const { claim } = await confirmed(order)

    const { orders } = await clara.medusa.customers.listOrders()
    expect(orders.map(({ id }) => id)).toContain(order.id)
    expect(await ownerOf(shop, order.id)).toEqual({
      customer_id: clara.customer.id,
      email: CLARA,
    })
    expect(await foundWith(GRETA, order)).toBe(404)
    expect(await foundWith(CLARA, order)).toBe(200)
    expect(await ordersOf(guest)).not.toContain(order.id)
    expect(await ordersOf(clara.customer.id)).toContain(order.id)
    // the guest's row stays, and whoever knows the id sees the order as before
    const { customer } = await admin.admin.customers.retrieve(guest)
    expect(customer.email).toBe(GRETA)
    const byId = await request("GET", `${shop.url}/store/orders/${order.id}`)
    expect(byId.status).toBe(200)

    await giveBack(claim.id)
    expect(await ownerOf(shop, order.id)).toEqual({
      customer_id: guest,
      email: GRETA,
    })
    expect(await foundWith(GRETA, order)).toBe(200)
    expect(await foundWith(CLARA, order)).toBe(404)
    expect(await ordersOf(guest)).toContain(order.id)
    const own = await clara.medusa.customers.listOrders()
    expect(own.orders.map(({ id }) => id)).not.toContain(order.id)
  })

  it("leaves returns, swaps, claims, gift cards, carts and payments with the order", async () => {
    const { order, returned, swap, code } = await eventfulOrder()
    await confirmed(order)
    const { id } = order
    const theGuests = { email: GRETA, customer_id: order.customer_id }

    // carts keep the address with which they were opened
    expect(await cartOf(order.cart_id)).toEqual(theGuests)
    expect(await cartOf(swap.cart_id)).toEqual(theGuests)
    expect(await cartOf((await swapOf(order)).cart_id)).toEqual({
      email: CLARA,
      customer_id: clara.customer.id,
    })
    // whoever has the code has the gift card
    const card = await request("GET", `${shop.url}/store/gift-cards/${code}`)
    expect([card.status, JSON.parse(card.text)]).toMatchObject([
      200,
      { gift_card: { balance: 2500 } },
    ])
    // what has begun goes on, and money goes back the way it came
    await asStaff(`returns/${returned}/receive`, {
      items: [{ item_id: lineOf(order), quantity: 1 }],
    })
    await asStaff(`orders/${id}/refund`, { amount: 100, reason: "discount" })
    const { order: seen } = await admin.admin.orders.retrieve(id)
    expect([
      seen.returns.length,
      seen.swaps.length,
      seen.claims.length,
    ]).toEqual([expect.any(Number), 2, 1])
    expect(seen.refunds.length).toBeGreaterThanOrEqual(1)
    expect(seen.payments).toHaveLength(1)
  })

  it("is not undone for an order that was canceled since", async () => {
    const ordered = { email: GRETA, items: [{ variant_id: shirt }] }
    const kept = await shop.placeGuestOrder(ordered)
    const canceled = await shop.placeGuestOrder(ordered)
    const { claim } = await confirmed(kept, canceled)
    await asStaff(`orders/${canceled.id}/cancel`, {})
    await giveBack(claim.id)

    expect((await ownerOf(shop, kept.id)).email).toBe(GRETA)
    expect((await ownerOf(shop, canceled.id)).email).toBe(CLARA)
  })

  it("is undone by giving back, except for what happened meanwhile", async () => {
    const { order } = await eventfulOrder()
    const { claim } = await confirmed(order)
    const meanwhile = await swapOf(order)
    const returned = await returnOf(order)
    const mails = await shop.mail.waitForMails(1, { to: CLARA })
    expect(mails).not.toEqual([])
    await giveBack(claim.id)

    expect((await ownerOf(shop, order.id)).email).toBe(GRETA)
    expect((await cartOf(meanwhile.cart_id)).email).toBe(CLARA)
    const { order: seen } = await admin.admin.orders.retrieve(order.id)
    expect(seen.returns.map(({ id }) => id)).toContain(returned)
  })
})
