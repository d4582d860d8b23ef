import jwt from "jsonwebtoken"
import { campaign } from "./campaign"
import {
  type Answer,
  ask,
  cancelAny,
  cancelOwn,
  claimById,
  claimedOrder,
  claims,
  confirm,
  emitted,
  eventually,
  loginStaff,
  newestToken,
  ownerOf,
  resend,
  withToken,
} from "./claims"
import { type LoggedIn, sharedShop, type Shop } from "./stock-store"

jest.setTimeout(180_000)

const SECRET = "a jwt secret for tests, long enough to be one"
const ROUNDS = campaign(3, 12)
const EACH = 4

/** Somebody whose request meets a confirm. */
interface Rival {
  who: string
  /** The request that they send. */
  act: (id: string, token: string) => Promise<Answer>
  /** The status of the claim if they come first. */
  status: string
  /** The code that a confirm gets if they come first. */
  code: string
}

describe("at the same moment", () => {
  let shop: Shop
  let clara: LoggedIn
  let staff: string

  const rivals: Rival[] = [
    {
      who: "the recipient's decline",
      act: (_, token) => withToken(shop, "decline", token),
      status: "declined",
      code: "order_claim_declined",
    },
    {
      who: "the claimant's cancel",
      act: (id) => cancelOwn(shop, clara, id),
      status: "canceled",
      code: "order_claim_canceled",
    },
    {
      who: "an admin's cancel",
      act: (id) => cancelAny(shop, staff, id),
      status: "canceled",
      code: "order_claim_canceled",
    },
    {
      who: "an admin's resend",
      act: (id) => resend(shop, staff, id),
      status: "sent",
      code: "order_claim_superseded",
    },
  ]

  /** The pages that the shop shows to everybody else meanwhile. */
  const pages = (count: number) =>
    Array.from({ length: count }, async () => {
      const { status } = await fetch(`${shop.url}/store/products`)
      return status
    })

  beforeAll(async () => {
    shop = await sharedShop()
    clara = await shop.registerCustomer({ email: "clara@example.com" })
    staff = await loginStaff(shop)
  })
  afterAll(() => shop?.close())

  it("two hundred confirms of one link move the orders once", async () => {
    const { order, token } = await claimedOrder(shop, clara, "crowd@shop.test")
    const before = await emitted(shop, "order-claim.confirmed")
    const confirms = Array.from({ length: 200 }, () => confirm(shop, token))
    const shown = await Promise.all(pages(20))

    expect(shown).toEqual(Array(20).fill(200))
    for (const { status, text } of await Promise.all(confirms)) {
      expect([status, text]).toEqual([200, "OK"])
    }
    expect((await ownerOf(shop, order.id)).customer_id).toBe(clara.customer.id)
    await eventually(
      async () => (await emitted(shop, "order-claim.confirmed")) > before,
      "the event in the log"
    )
    expect(await emitted(shop, "order-claim.confirmed")).toBe(before + 1)
  })

  it("fifty confirms with core's own token, before its event, move them once", async () => {
    const order = await shop.guestOrder("early@shop.test")
    const token = jwt.sign(
      { claimingCustomerId: clara.customer.id, orders: [order.id] },
      SECRET,
      { expiresIn: "15m" }
    )
    const before = await emitted(shop, "order-claim.confirmed")
    const confirms = Array.from({ length: 50 }, () => confirm(shop, token))

    const answers = (await Promise.all(confirms)).map(outcome)
    expect([...new Set(answers)]).toEqual(["200"])
    expect((await ownerOf(shop, order.id)).customer_id).toBe(clara.customer.id)
    const opened = (await claims(shop)).filter(
      ({ email }) => email === "early@shop.test"
    )
    expect(opened.map(({ status }) => status)).toEqual(["confirmed"])
    await eventually(
      async () => (await emitted(shop, "order-claim.confirmed")) > before,
      "the event in the log"
    )
    expect(await emitted(shop, "order-claim.confirmed")).toBe(before + 1)
  })

  it("confirms of two claimants' links give the orders to one of them", async () => {
    const bob = await shop.registerCustomer({ email: "bob@example.com" })
    for (let round = 0; round < 4; round++) {
      const email = `both-${round}@example.com`
      const orders = [
        await shop.guestOrder(email),
        await shop.guestOrder(email),
      ]
      const ids = orders.map(({ id }) => id)
      const hers = await ask(shop, clara, ids)
      const his = await ask(shop, bob, [...ids].reverse())
      const tokens = [
        await newestToken(shop, hers.id),
        await newestToken(shop, his.id),
      ]
      const confirms = Array.from({ length: 10 }, (_, n) =>
        confirm(shop, tokens[(n + round) % 2])
      )
      const answers = (await Promise.all(confirms)).map(outcome)
      const owners = await Promise.all(ids.map((id) => ownerOf(shop, id)))
      const winner = owners[0]!.customer_id

      expect(owners[1]!.customer_id).toBe(winner)
      expect([clara.customer.id, bob.customer.id]).toContain(winner)
      const isHers = winner === clara.customer.id
      answers.forEach((answer, n) => {
        const isWinners = ((n + round) % 2 === 0) === isHers
        expect(answer).toBe(isWinners ? "200" : "400 order_claim_stale")
      })
      const loser = await claimById(shop, isHers ? his.id : hers.id)
      expect(loser.status).toBe("sent")
    }
  })

  describe.each(rivals)("confirms and $who", ({ who, act, status, code }) => {
    let contested: { id: string; orderId: string; token: string }[]

    beforeAll(async () => {
      const name = who.replace(/\W/g, "")
      const ids = await shop.guestOrders(
        ROUNDS,
        (n) => `${name}-${n}@example.com`
      )
      await ask(shop, clara, ids)
      const opened = await eventually(async () => {
        const all = await claims(shop)
        const ours = all.filter((claim) => ids.includes(claim.order_ids[0]!))
        return ours.length === ROUNDS && ours
      }, "all claims on record")
      contested = []
      for (const { id, order_ids } of opened) {
        const token = await newestToken(shop, id)
        contested.push({ id, orderId: order_ids[0]!, token })
      }
    })

    it(`leave one outcome, ${ROUNDS} times over, and the shop sells on`, async () => {
      const before = await emitted(shop, "order-claim.confirmed")
      let won = 0
      for (const [round, { id, orderId, token }] of contested.entries()) {
        const confirms: Promise<Answer>[] = []
        const acts: Promise<Answer>[] = []
        const moves = [
          () => confirms.push(confirm(shop, token)),
          () => acts.push(act(id, token)),
        ]
        if (round % 2) moves.reverse()
        for (let n = 0; n < EACH; n++) moves.forEach((move) => move())
        const shown = pages(3)

        const confirmed = (await Promise.all(confirms)).map(outcome)
        const acted = (await Promise.all(acts)).map(outcome)
        expect(await Promise.all(shown)).toEqual([200, 200, 200])

        const claim = await claimById(shop, id)
        const { customer_id } = await ownerOf(shop, orderId)
        const moved = customer_id === clara.customer.id
        if (moved) won++
        expect({
          round,
          moved,
          status: claim.status,
          confirmed: [...new Set(confirmed)],
          acted: [...new Set(acted)],
        }).toEqual(
          moved
            ? {
                round,
                moved,
                status: "confirmed",
                confirmed: ["200"],
                acted: ["400 order_claim_used"],
              }
            : {
                round,
                moved,
                status,
                confirmed: [`400 ${code}`],
                acted: ["200"],
              }
        )
      }
      await eventually(
        async () =>
          (await emitted(shop, "order-claim.confirmed")) >= before + won,
        "an event for each confirmed claim"
      )
      expect(await emitted(shop, "order-claim.confirmed")).toBe(before + won)
    })
  })

  const outcome = ({ status, body }: Answer) =>
    [status, body.code].filter(Boolean).join(" ")
})
