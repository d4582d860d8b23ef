import type { PresentedToken } from "../../claims/claim-token"
import { raiseGeneration } from "../../db/claims"
import {
  addCustomer,
  addOrder,
  addOrders,
  MINUTE,
  openClaim,
  openDatabase,
  requestFor,
  storedClaim,
  storedClaims,
  storedNotifications,
  TestDatabase,
} from "../../db/__tests__/test-database"
import type { ConfirmRules } from "../confirm"
import {
  changeOrder,
  confirmAndMove,
  eventToken,
  eventTokenOf,
  link,
  refusalOf,
} from "./presenting"

describe("a confirm with the event's own token", () => {
  let db: TestDatabase
  let count = 0
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(() => db.query("TRUNCATE order_claim, notification"))

  const confirm = (token: PresentedToken, rules: Partial<ConfirmRules> = {}) =>
    confirmAndMove(db.pool, token, rules)
  const change = (id: string | undefined, assignments: string) =>
    changeOrder(db, id, assignments)
  const unopened = async (orderCount = 1) => {
    const email = `event-${++count}@example.com`
    const orders = await addOrders(db, email, orderCount)
    return requestFor(await addCustomer(db), email, orders)
  }

  it("confirms the claim that the event has opened", async () => {
    const claim = await openClaim(db)
    expect((await confirm(eventTokenOf(claim)))?.moving).toEqual(
      claim.order_ids
    )
    expect(await storedClaim(db, claim.id)).toMatchObject({
      status: "confirmed",
      confirmed_generation: 0,
    })
  })

  it("is dead once there is a newer link", async () => {
    const claim = await openClaim(db)
    await raiseGeneration(db, claim.id, 15 * MINUTE)
    expect(await refusalOf(confirm(eventTokenOf(claim)))).toBe(
      "order_claim_superseded"
    )
  })

  it("opens the claim if its event never arrived, and mails nothing", async () => {
    const request = await unopened(2)
    const confirmation = await confirm(eventToken(request))
    expect(confirmation?.moving.sort()).toEqual(request.order_ids)
    expect(await storedClaims(db)).toMatchObject([
      {
        customer_id: request.customer_id,
        email: request.email,
        event_token_hash: request.event_token_hash,
        status: "confirmed",
        confirmed_generation: 0,
      },
    ])
    expect(await storedNotifications(db)).toEqual([])
  })

  it("changes nothing the second time", async () => {
    const token = eventToken(await unopened())
    await confirm(token)
    expect(await confirm(token)).toBeUndefined()
    expect(await storedClaims(db)).toHaveLength(1)
  })

  it("is invalid after its expiry, if there is no claim", async () => {
    const token = eventToken(await unopened(), { lifeMs: -1 })
    expect(await refusalOf(confirm(token))).toBe("order_claim_invalid")
    expect(await storedClaims(db)).toEqual([])
  })

  it("is expired after its expiry, even if the link still works", async () => {
    const claim = await openClaim(db)
    const old = { ...eventTokenOf(claim), expiresAt: new Date() }
    expect(await refusalOf(confirm(old))).toBe("order_claim_expired")
    expect((await confirm(link(claim)))?.moving).toEqual(claim.order_ids)
  })

  it("is stale if one of its orders was changed since", async () => {
    const request = await unopened(2)
    await change(
      request.order_ids[1],
      "updated_at = now() + interval '5 seconds'"
    )
    expect(await refusalOf(confirm(eventToken(request)))).toBe(
      "order_claim_stale"
    )
    expect(await storedClaims(db)).toEqual([])
  })

  it("is stale if all of its orders were changed since", async () => {
    const request = await unopened()
    const issuedAt = new Date(Date.now() - 60 * MINUTE)
    const token = eventToken(request, { issuedAt })
    expect(await refusalOf(confirm(token))).toBe("order_claim_stale")
  })

  it("is stale if its orders have several addresses", async () => {
    const request = await unopened()
    const order_ids = [...request.order_ids, await addOrder(db, "x@y.example")]
    const token = eventToken({ ...request, order_ids })
    expect(await refusalOf(confirm(token))).toBe("order_claim_stale")
  })

  it("is stale if its orders do not exist", async () => {
    const request = { ...(await unopened()), order_ids: ["order_unknown"] }
    expect(await refusalOf(confirm(eventToken(request)))).toBe(
      "order_claim_stale"
    )
  })

  it("counts against no limit, since nothing is mailed", async () => {
    const request = await unopened()
    const none = { count: 0, windowMs: MINUTE }
    const limits = { perRecipient: [none], perCustomer: [none] }
    const confirmation = await confirm(eventToken(request), {
      limits,
      notifyOnConfirm: false,
    })
    expect(confirmation?.moving).toEqual(request.order_ids)
  })

  it("is refused for a claimant without an account", async () => {
    const guest = await addCustomer(db, { has_account: false })
    const request = { ...(await unopened()), customer_id: guest }
    expect(await refusalOf(confirm(eventToken(request)))).toBe(
      "order_claim_stale"
    )
  })
})
