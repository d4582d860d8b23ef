import {
  ask,
  bearer,
  claimById,
  claimedOrder,
  confirm,
  eventually,
  everything,
  loginStaff,
  mailsWithKey,
  newestToken,
  ownClaims,
  ownerOf,
  post,
  resend,
  withToken,
} from "./claims"
import {
  linkIn,
  type LoggedIn,
  newShop,
  sharedShop,
  type Shop,
  tokenIn,
} from "./stock-store"

jest.setTimeout(180_000)

describe("a confirm that is taken back", () => {
  let shop: Shop
  let clara: LoggedIn
  let staff: string

  const revert = (token: unknown) =>
    post(`${shop.url}/store/order-claims/revert`, { token })
  const giveBack = (id: string, headers = bearer(staff)) =>
    post(`${shop.url}/admin/order-claims/${id}/revert`, {}, headers)
  /** The mail that tells the old address of a confirm. */
  const toldRecipient = (id: string) =>
    eventually(
      () => mailsWithKey(shop, `${id}.confirmed.recipient`)[0],
      "the mail about the confirm"
    )
  const confirmedOrder = async (email: string) => {
    const claimed = await claimedOrder(shop, clara, email)
    const before = await rowOf(claimed.order.id)
    expect((await confirm(shop, claimed.token)).status).toBe(200)
    const mail = await toldRecipient(claimed.claim.id)
    return { ...claimed, before, mail, revertToken: tokenIn(mail) }
  }
  /** An order's whole row, but for the time of its last change. */
  const rowOf = async (id: string) => {
    const [row] = await shop.query<{ row: object }>(
      `SELECT to_jsonb(o) - 'updated_at' AS row FROM "order" o WHERE id = $1`,
      [id]
    )
    return row!.row
  }

  beforeAll(async () => {
    shop = await sharedShop()
    clara = await shop.registerCustomer({ email: "clara@example.com" })
    staff = await loginStaff(shop)
  })
  afterAll(() => shop?.close())

  it("goes back to the very row that it was, and both sides are told", async () => {
    const email = "greta@example.com"
    const { order, claim, before, mail, revertToken } =
      await confirmedOrder(email)
    expect(linkIn(mail).searchParams.get("action")).toBe("revert")
    const { display_id } = order
    const looked = () =>
      clara.medusa.orders
        .lookupOrder({ display_id, email })
        .then(() => true)
        .catch(() => false)
    expect(await looked()).toBe(false)

    expect(await withToken(shop, "lookup", revertToken)).toMatchObject({
      status: 200,
      body: {
        order_claim: {
          status: "revertable",
          order_count: 1,
          claimant: { name: "Clara Customer", email: "c***@example.com" },
          orders: [{ display_id }],
        },
      },
    })
    expect(await revert(revertToken)).toMatchObject({
      status: 200,
      body: { order_claim: { status: "reverted" } },
    })
    expect(await rowOf(order.id)).toEqual(before)
    expect(await looked()).toBe(true)
    const { orders } = await clara.medusa.customers.listOrders()
    expect(orders).toEqual([])
    const { body } = await ownClaims(shop, clara)
    expect(body.order_claims![0]).toMatchObject({
      id: claim.id,
      status: "reverted",
    })
    for (const party of ["recipient", "claimant"]) {
      await eventually(
        () => mailsWithKey(shop, `${claim.id}.reverted.${party}`)[0],
        `the ${party} to be told`
      )
    }
    const settled = await eventually(async () => {
      const row = await claimById(shop, claim.id)
      return row.to_notify.length === 0 && row
    }, "both mails on record")
    expect(settled).toMatchObject({
      status: "reverted",
      reverted_by: "recipient",
    })
    const recorded = await everything(shop)
    expect((await revert(revertToken)).status).toBe(200)
    expect(await everything(shop)).toBe(recorded)
    expect(recorded).not.toContain(revertToken)
    expect(shop.store.log()).not.toContain(revertToken)
  })

  it("blocks the claimant for these orders until staff lift it", async () => {
    const email = "blocked@example.com"
    const { order, claim, revertToken } = await confirmedOrder(email)
    await revert(revertToken)
    expect((await ask(shop, clara, [order.id])).status).toBe("ineligible")
    await post(
      `${shop.url}/admin/order-claims/${claim.id}/cancel`,
      {},
      bearer(staff)
    )
    const again = await ask(shop, clara, [order.id])
    const token = await newestToken(shop, again.id)
    expect((await confirm(shop, token)).status).toBe(200)
  })

  it("keeps each kind of token to its own purpose", async () => {
    const { token, order, revertToken } =
      await confirmedOrder("kinds@example.com")
    const owner = await ownerOf(shop, order.id)
    const invalid = { status: 400, body: { code: "order_claim_invalid" } }
    expect(await revert(token)).toMatchObject(invalid)
    for (const what of ["decline", "renew"] as const) {
      expect(await withToken(shop, what, revertToken)).toMatchObject(invalid)
    }
    expect(await confirm(shop, revertToken)).toMatchObject(invalid)
    for (const forged of [`${revertToken}x`, "", 7, null, undefined]) {
      expect(await revert(forged)).toMatchObject(invalid)
    }
    const me = await fetch(`${shop.url}/store/customers/me`, {
      headers: { authorization: `Bearer ${revertToken}` },
    })
    expect(me.status).toBe(401)
    expect(await ownerOf(shop, order.id)).toEqual(owner)
  })

  it("is refused after a week, but not to staff", async () => {
    const { claim, order, before } = await confirmedOrder("late@example.com")
    await shop.query(
      `UPDATE order_claim SET to_notify = '{recipient}', next_attempt_at = now(),
         resolved_at = resolved_at - interval '7 days' + interval '10 s'
       WHERE id = $1`,
      [claim.id]
    )
    const [, second] = await eventually(() => {
      const mails = mailsWithKey(shop, `${claim.id}.confirmed.recipient`)
      return mails.length > 1 && mails
    }, "a second mail, with a link that is over in a moment")
    const old = tokenIn(second!)
    const status = async () =>
      (await withToken(shop, "lookup", old)).body.order_claim?.status
    await eventually(
      async () => (await status()) === "expired",
      "the end of the link",
      20_000
    )
    expect(await revert(old)).toMatchObject({
      status: 400,
      body: { code: "order_claim_expired" },
    })
    expect((await withToken(shop, "lookup", old)).body).toEqual({
      order_claim: { status: "expired" },
    })
    const given = await giveBack(claim.id)
    expect(given).toMatchObject({
      status: 200,
      body: { order_claim: { id: claim.id, status: "reverted" } },
    })
    expect(await rowOf(order.id)).toEqual(before)
    expect((await giveBack(claim.id)).status).toBe(200)
    expect((await giveBack("oclaim_no")).status).toBe(404)
    expect((await giveBack(claim.id, {})).status).toBe(401)
    const waiting = await claimedOrder(shop, clara, "early@example.com")
    expect(await giveBack(waiting.claim.id)).toMatchObject({
      status: 400,
      body: { code: "order_claim_stale" },
    })
  })

  it.each([60, 1000])(
    "gives %i orders of several guests back",
    async (count) => {
      const email = `many-${count}@example.com`
      const ids = await shop.guestOrders(
        count,
        (n) => `guest-${n % 3}-${n}-${count}@example.com`
      )
      await shop.query('UPDATE "order" SET email = $1 WHERE id = ANY($2)', [
        email,
        ids,
      ])
      const rows = () =>
        shop.query<{ row: object }>(
          `SELECT to_jsonb(o) - 'updated_at' AS row FROM "order" o
         WHERE id = ANY($1) ORDER BY id`,
          [ids]
        )
      const before = await rows()
      const claim = await ask(shop, clara, ids)
      const token = await newestToken(shop, claim.id)
      expect((await confirm(shop, token)).status).toBe(200)
      expect(await rows()).not.toEqual(before)
      expect(
        (await revert(tokenIn(await toldRecipient(claim.id)))).status
      ).toBe(200)
      expect(await rows()).toEqual(before)
    }
  )

  it("goes to a guest of that address if the former one is gone or registered", async () => {
    const deleted = await confirmedOrder("deleted@example.com")
    const { customer_id: former } = deleted.before as { customer_id: string }
    await shop.query("UPDATE customer SET deleted_at = now() WHERE id = $1", [
      former,
    ])
    const turned = await confirmedOrder("turned@example.com")
    await shop.query("UPDATE customer SET has_account = true WHERE id = $1", [
      (turned.before as { customer_id: string }).customer_id,
    ])
    const registered = await confirmedOrder("registered@example.com")
    await shop.registerCustomer({ email: "registered@example.com" })

    for (const { order, revertToken } of [deleted, turned, registered]) {
      expect((await revert(revertToken)).status).toBe(200)
      const { customer_id, email } = await ownerOf(shop, order.id)
      const [owner] = await shop.query<object>(
        "SELECT email, has_account, deleted_at FROM customer WHERE id = $1",
        [customer_id]
      )
      expect(owner).toEqual({ email, has_account: false, deleted_at: null })
    }
    expect((await ownerOf(shop, registered.order.id)).customer_id).toBe(
      (registered.before as { customer_id: string }).customer_id
    )
  })

  it("races everything else: one outcome, no 5xx, nothing half moved", async () => {
    const email = "race@example.com"
    const bob = await shop.registerCustomer({ email: "bob@example.com" })
    const { order, claim, token, revertToken, before } =
      await confirmedOrder(email)
    const answers = await Promise.all([
      revert(revertToken),
      confirm(shop, token),
      withToken(shop, "decline", token),
      resend(shop, staff, claim.id),
      revert(revertToken),
      giveBack(claim.id),
    ])
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    expect(await rowOf(order.id)).toEqual(before)
    expect((await claimById(shop, claim.id)).status).toBe("reverted")

    const rival = await ask(shop, bob, [order.id])
    const rivalToken = await newestToken(shop, rival.id)
    const both = await Promise.all([
      confirm(shop, rivalToken),
      revert(revertToken),
    ])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    expect((await ownerOf(shop, order.id)).customer_id).toBe(bob.customer.id)
  })
})

describe("a shop without reverts by mail", () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await newShop({
      pluginOptions: { limits: false, revert_ttl: false },
    })
  })
  afterAll(() => shop?.close())

  it("mails no such link, and staff can still give back", async () => {
    const clara = await shop.registerCustomer({ email: "clara@example.com" })
    const email = "greta@example.com"
    const { claim, token } = await claimedOrder(shop, clara, email)
    await confirm(shop, token)
    const mail = await eventually(
      () => mailsWithKey(shop, `${claim.id}.confirmed.recipient`)[0],
      "the mail about the confirm"
    )
    expect(mail.text).not.toContain("revert")
    const given = await post(
      `${shop.url}/admin/order-claims/${claim.id}/revert`,
      {},
      bearer(await loginStaff(shop))
    )
    expect(given.status).toBe(200)
  })
})
