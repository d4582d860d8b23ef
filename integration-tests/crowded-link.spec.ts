import { campaign } from "./campaign"
import {
  ask,
  claimById,
  claimedOrder,
  confirm,
  emitted,
  eventually,
  newestToken,
  ownerOf,
} from "./claims"
import { type LoggedIn, sharedShop, type Shop } from "./stock-store"

jest.setTimeout(180_000)

const ORDERS = campaign(1000, 2500)
const CROWD = 20

describe(`a link for ${ORDERS} orders that ${CROWD} clicks confirm`, () => {
  let shop: Shop
  let clara: LoggedIn

  beforeAll(async () => {
    shop = await sharedShop()
    clara = await shop.registerCustomer({ email: "clara@example.com" })
  })
  afterAll(() => shop?.close())

  /** A claim of many orders of one address. */
  const largeClaim = async (email: string) => {
    const ids = await shop.guestOrders(ORDERS, () => email)
    const { id } = await ask(shop, clara, ids)
    return { id, ids, token: await newestToken(shop, id) }
  }

  const isLocked = async (id: string) => {
    const free = await shop.query(
      "SELECT FROM order_claim WHERE id = $1 FOR UPDATE SKIP LOCKED",
      [id]
    )
    return free.length === 0
  }

  it("moves them once, and delays nobody else's confirm", async () => {
    const large = await largeClaim("large@shop.test")
    const small = await claimedOrder(shop, clara, "small@shop.test")
    const before = await emitted(shop, "order-claim.confirmed")

    const crowd = Array.from({ length: CROWD }, () =>
      confirm(shop, large.token)
    )
    await eventually(() => isLocked(large.id), "the large confirm to begin")
    const begun = performance.now()
    const { status } = await confirm(shop, small.token)
    const took = performance.now() - begun
    const { status: meanwhile } = await claimById(shop, large.id)

    expect({ status, meanwhile }).toEqual({ status: 200, meanwhile: "sent" })
    expect(took).toBeLessThan(1000)
    const { customer_id } = await ownerOf(shop, small.order.id)
    expect(customer_id).toBe(clara.customer.id)

    const answers = await Promise.all(crowd)
    expect(answers.map((answer) => answer.status)).toEqual(
      Array(CROWD).fill(200)
    )
    const moved = await shop.query(
      'SELECT FROM "order" WHERE id = ANY($1) AND customer_id = $2',
      [large.ids, clara.customer.id]
    )
    expect(moved).toHaveLength(ORDERS)
    await eventually(
      async () => (await emitted(shop, "order-claim.confirmed")) >= before + 2,
      "both events in the log"
    )
    expect(await emitted(shop, "order-claim.confirmed")).toBe(before + 2)
    expect(await emitted(shop, "order.updated")).toBe(ORDERS + 1)
  })
})
