import jwt from "jsonwebtoken"
import {
  cancelAny,
  claimById,
  claimedOrder,
  confirm,
  eventually,
  everything,
  expire,
  loginStaff,
  mailsWithKey,
  newestToken,
  ownerOf,
  resend,
  withToken,
} from "./claims"
import { type LoggedIn, newShop, type Shop, tokenIn } from "./stock-store"

jest.setTimeout(120_000)

const SECRET = "a jwt secret for tests, long enough to be one"

describe("a fresh link for one that has expired", () => {
  let shop: Shop
  let clara: LoggedIn
  let staff: string

  const renew = (token: string) => withToken(shop, "renew", token)
  const expiredOrder = async (email: string) => {
    const expired = await claimedOrder(shop, clara, email)
    await expire(shop, expired.claim.id)
    return expired
  }
  const mailsTo = (email: string) =>
    shop.mail.mails.filter(({ envelope }) => envelope.to[0] === email)

  beforeAll(async () => {
    shop = await newShop({
      pluginOptions: { limits: { per_recipient: "3/1h" } },
    })
    clara = await shop.registerCustomer({ email: "clara@example.com" })
    staff = await loginStaff(shop)
  })
  afterAll(() => shop?.close())

  it("is mailed to the address on the order, and works", async () => {
    const email = "greta@example.com"
    const { claim, order, token } = await expiredOrder(email)
    const renewed = await renew(token)

    expect([renewed.status, renewed.body]).toEqual([
      200,
      { order_claim: { status: "renewed" } },
    ])
    const fresh = await newestToken(shop, claim.id)
    expect(mailsTo(email)).toHaveLength(2)
    expect((await confirm(shop, token)).body.code).toBe(
      "order_claim_superseded"
    )
    expect((await renew(token)).body.code).toBe("order_claim_superseded")
    expect((await confirm(shop, fresh)).status).toBe(200)
    expect((await ownerOf(shop, order.id)).customer_id).toBe(clara.customer.id)
    expect((await renew(fresh)).body.code).toBe("order_claim_used")
  })

  it("goes to the order's address even if an admin had resent to another", async () => {
    const email = "typo@exmaple.com"
    const { claim } = await claimedOrder(shop, clara, email)
    await resend(shop, staff, claim.id, "typo@example.com")
    const [resent] = await shop.mail.waitForMails(1, { to: "typo@example.com" })
    await expire(shop, claim.id)

    expect((await renew(tokenIn(resent!))).status).toBe(200)
    await newestToken(shop, claim.id)
    const [renewed] = mailsWithKey(shop, `${claim.id}.3`)
    expect(renewed?.envelope.to).toEqual([email])
    expect(mailsTo("typo@example.com")).toHaveLength(1)
  })

  it("is refused while the link still works, and changes nothing", async () => {
    const { token } = await claimedOrder(shop, clara, "active@example.com")
    const before = await everything(shop)

    expect(await renew(token)).toMatchObject({
      status: 400,
      body: { type: "not_allowed", code: "order_claim_active" },
    })
    expect(await everything(shop)).toBe(before)
  })

  it("counts against the limit of its recipient", async () => {
    const email = "flooded@example.com"
    const { claim, token } = await expiredOrder(email)
    let newest = token
    for (const mailed of [2, 3]) {
      expect((await renew(newest)).status).toBe(200)
      newest = await newestToken(shop, claim.id)
      expect(mailsTo(email)).toHaveLength(mailed)
      await expire(shop, claim.id)
    }
    const before = await everything(shop)

    expect(await renew(newest)).toMatchObject({
      status: 400,
      body: { type: "not_allowed", code: "order_claim_throttled" },
    })
    expect(await everything(shop)).toBe(before)
  })

  it("is mailed once, however often it is asked for at once", async () => {
    const email = "eager@example.com"
    const { claim, token } = await expiredOrder(email)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => renew(token))
    )
    const codes = answers.map(({ status, body }) => body.code ?? status)
    expect(codes.filter((code) => code === 200)).toHaveLength(1)
    expect(new Set(codes)).toEqual(new Set([200, "order_claim_superseded"]))

    await newestToken(shop, claim.id)
    expect(mailsTo(email)).toHaveLength(2)
  })

  it("is refused when no order may be claimed any more", async () => {
    const { claim, order, token } = await expiredOrder("gone@example.com")
    const { admin } = await shop.loginAdmin()
    await admin.orders.cancel(order.id)

    expect((await renew(token)).body.code).toBe("order_claim_stale")
    expect((await claimById(shop, claim.id)).token_generation).toBe(1)
  })

  it("is refused once an admin has canceled the claim", async () => {
    const { claim, token } = await expiredOrder("revoked@example.com")
    await cancelAny(shop, staff, claim.id)

    expect((await renew(token)).body.code).toBe("order_claim_canceled")
  })
})

describe("a link with a life of seven days", () => {
  let shop: Shop
  let clara: LoggedIn

  /** Lets days pass: every date of the claim moves back. */
  const letPass = async (claimId: string, days: number) => {
    const [dates] = await shop.query<{ iat: number; exp: number }>(
      `UPDATE order_claim SET
         token_issued_at = token_issued_at - $2 * interval '1 day',
         expires_at = expires_at - $2 * interval '1 day',
         created_at = created_at - $2 * interval '1 day',
         sent_at = sent_at - $2 * interval '1 day'
       WHERE id = $1
       RETURNING extract(epoch FROM token_issued_at)::int AS iat,
         extract(epoch FROM expires_at)::int AS exp`,
      [claimId, days]
    )
    // What would have been mailed so many days ago.
    const payload = { order_claim_id: claimId, generation: 1, ...dates! }
    return jwt.sign(payload, SECRET)
  }

  beforeAll(async () => {
    shop = await newShop({
      pluginOptions: { link_ttl: "7d" },
      env: { JWT_SECRET: SECRET },
    })
    clara = await shop.registerCustomer({ email: "clara@example.com" })
  })
  afterAll(() => shop?.close())

  it("says so in the mail", async () => {
    const email = "said@example.com"
    await claimedOrder(shop, clara, email)
    const [mail] = await shop.mail.waitForMails(1, { to: email })

    expect(mail?.text).toContain("works for 7 days")
  })

  it("works after six of them", async () => {
    const { claim, order } = await claimedOrder(shop, clara, "six@example.com")
    const token = await letPass(claim.id, 6)

    expect((await confirm(shop, token)).status).toBe(200)
    expect((await ownerOf(shop, order.id)).customer_id).toBe(clara.customer.id)
  })

  it("is over after eight, and renewed for seven more", async () => {
    const { claim } = await claimedOrder(shop, clara, "eight@example.com")
    const token = await letPass(claim.id, 8)

    expect((await confirm(shop, token)).body.code).toBe("order_claim_expired")
    expect((await withToken(shop, "renew", token)).status).toBe(200)
    const fresh = await newestToken(shop, claim.id)
    const { iat, exp } = jwt.decode(fresh) as { iat: number; exp: number }
    expect(exp - iat).toBe(7 * 24 * 60 * 60)
    expect((await confirm(shop, fresh)).status).toBe(200)
    await eventually(
      () => mailsWithKey(shop, `${claim.id}.confirmed.claimant`)[0],
      "the notice"
    )
  })
})
