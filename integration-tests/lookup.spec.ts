import {
  ask,
  cancelAny,
  claimedOrder,
  confirm,
  everything,
  expire,
  loginStaff,
  newestToken,
  resend,
  withToken,
} from "./claims"
import {
  createProduct,
  type LoggedIn,
  sharedShop,
  type Shop,
  tokenIn,
} from "./stock-store"

jest.setTimeout(120_000)

interface LookedUp {
  status: string
  expires_at: string
  claimant: { name: string; email: string }
  order_count: number
  orders: {
    display_id: number
    created_at: string
    item_count: number
    items: { title: string; quantity: number }[]
  }[]
}

describe("what a page may show to the holder of a link", () => {
  let shop: Shop
  let clara: LoggedIn
  let staff: string

  const lookUp = async (token: string) => {
    const { status, body } = await withToken(shop, "lookup", token)
    expect(status).toBe(200)
    return body.order_claim as unknown as LookedUp
  }

  beforeAll(async () => {
    shop = await sharedShop()
    clara = await shop.registerCustomer({
      email: "clara@example.com",
      first_name: "Clara <b>",
      last_name: "Schu\u202emann\r\nexample.com",
    })
    staff = await loginStaff(shop)
  })
  afterAll(() => shop?.close())

  it("is what it needs to ask: who, until when, which orders", async () => {
    const product = await createProduct(await shop.loginAdmin(), {
      title: "Mug & <i>Saucer</i>",
    })
    const email = "greta@example.com"
    const order = await shop.placeGuestOrder({
      email,
      items: [{ variant_id: product.variants[0]!.id, quantity: 3 }],
    })
    const { id } = await ask(shop, clara, [order.id])
    const token = await newestToken(shop, id)
    const before = await everything(shop)
    const [row] = await shop.query<{ expires_at: Date }>(
      "SELECT expires_at FROM order_claim WHERE id = $1",
      [id]
    )

    expect(await lookUp(token)).toEqual({
      status: "open",
      expires_at: row!.expires_at.toISOString(),
      login_required: false,
      own_address: false,
      account_opened_at: null,
      claimant: {
        name: "Clara <b> Schu mann example. com",
        email: "c***@example.com",
      },
      order_count: 1,
      orders: [
        {
          display_id: order.display_id,
          created_at: new Date(order.created_at).toISOString(),
          item_count: 1,
          items: [{ title: "Mug & <i>Saucer</i>", quantity: 3 }],
        },
      ],
    })
    expect(await everything(shop)).toBe(before)
  })

  it("lists five of twelve orders, and counts those that may move", async () => {
    const email = "twelve@example.com"
    const orders = []
    for (let n = 0; n < 13; n++) {
      orders.push(await shop.guestOrder(email))
    }
    const { id } = await ask(
      shop,
      clara,
      orders.map((order) => order.id)
    )
    const token = await newestToken(shop, id)
    const { admin } = await shop.loginAdmin()
    await admin.orders.cancel(orders[0]!.id)

    const shown = await lookUp(token)
    expect(shown.order_count).toBe(12)
    expect(shown.orders).toHaveLength(5)
    const numbers = shown.orders.map(({ display_id }) => display_id)
    expect(new Set(numbers).size).toBe(5)
    expect(numbers).not.toContain(orders[0]!.display_id)
  })

  it("is the status alone once the link is of no use", async () => {
    const claimed = (email: string) => claimedOrder(shop, clara, email)
    const expired = await claimed("expired@example.com")
    await expire(shop, expired.claim.id)
    expect(await lookUp(expired.token)).toEqual({ status: "expired" })

    const resent = await claimed("resent@example.com")
    await resend(shop, staff, resent.claim.id)
    const [, mail] = await shop.mail.waitForMails(2, {
      to: "resent@example.com",
    })
    expect(await lookUp(resent.token)).toEqual({ status: "superseded" })
    expect((await confirm(shop, tokenIn(mail!))).status).toBe(200)
    expect(await lookUp(resent.token)).toEqual({ status: "used" })
    expect(await lookUp(tokenIn(mail!))).toEqual({ status: "confirmed" })

    const canceled = await claimed("canceled@example.com")
    await cancelAny(shop, staff, canceled.claim.id)
    expect(await lookUp(canceled.token)).toEqual({ status: "canceled" })

    const declined = await claimed("declined@example.com")
    await withToken(shop, "decline", declined.token)
    expect(await lookUp(declined.token)).toEqual({ status: "declined" })
  })
})
