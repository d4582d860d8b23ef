import { signRevertToken } from "../src/claims/revert-token"
import {
  type Answer,
  cancelAny,
  claimById,
  claimedOrder,
  emitted,
  everything,
  expire,
  loginStaff,
  newestToken,
  ownerOf,
  request,
  resend,
  revertToken,
  submitPage,
  withToken,
} from "./claims"
import { type LoggedIn, linkIn, newShop, type Shop } from "./stock-store"

jest.setTimeout(120_000)

const SECRET = "a jwt secret for tests, long enough to be one"
const DAY_MS = 24 * 60 * 60 * 1000

describe("the hosted page", () => {
  let shop: Shop
  let clara: LoggedIn
  let staff: string

  const urlOf = (token: string) => `${shop.url}/order-claim?token=${token}`
  const open = (token: string) => request("GET", urlOf(token))
  const submit = (fields: Record<string, string>, type?: string) =>
    submitPage(shop, fields, type)
  const press = (action: string, token: string) => submit({ action, token })
  const heading = ({ text }: Answer) => /<h1>(.*)<\/h1>/.exec(text)?.[1]
  const buttons = ({ text }: Answer) =>
    [...text.matchAll(/name="action" value="(\w+)"/g)].map(([, name]) => name)

  beforeAll(async () => {
    shop = await newShop({
      pluginOptions: { claim_url: null, limits: false },
    })
    clara = await shop.registerCustomer({ email: "clara@example.com" })
    staff = await loginStaff(shop)
  })
  afterAll(() => shop?.close())

  it("is where the link leads if the shop has no page of its own", async () => {
    const { token } = await claimedOrder(shop, clara, "where@example.com")
    const [mail] = await shop.mail.waitForMails(1, { to: "where@example.com" })
    expect(linkIn(mail!).href).toBe(urlOf(token))
    expect(mail!.text).toContain(`${urlOf(token)}&action=decline`)
  })

  it("moves the orders when its form is posted, and not before", async () => {
    const email = "greta@example.com"
    const { claim, order, token } = await claimedOrder(shop, clara, email)
    const asked = await open(token)
    expect([asked.status, buttons(asked)]).toEqual([
      200,
      ["confirm", "decline"],
    ])
    expect(asked.text).toContain(`#${order.display_id}`)
    expect((await ownerOf(shop, order.id)).email).toBe(email)

    const done = await press("confirm", token)
    expect([done.status, heading(done)]).toEqual([
      200,
      "Done: added to the account",
    ])
    expect((await ownerOf(shop, order.id)).customer_id).toBe(clara.customer.id)
    expect((await claimById(shop, claim.id)).status).toBe("confirmed")

    // Somebody presses twice, reloads, or opens the link again.
    const events = await emitted(shop, "order-claim.confirmed")
    for (const again of [await press("confirm", token), await open(token)]) {
      expect([again.status, heading(again)]).toEqual([200, heading(done)])
    }
    expect(await emitted(shop, "order-claim.confirmed")).toBe(events)
  })

  it("declines, and then has nothing left to press", async () => {
    const email = "gustav@example.com"
    const { claim, order, token } = await claimedOrder(shop, clara, email)
    const asked = await request("GET", `${urlOf(token)}&action=decline`)
    expect(buttons(asked)).toEqual(["decline", "confirm"])

    const declined = await press("decline", token)
    expect([declined.status, buttons(declined)]).toEqual([200, []])
    expect((await claimById(shop, claim.id)).status).toBe("declined")
    expect(heading(await press("confirm", token))).toBe(heading(declined))
    expect((await ownerOf(shop, order.id)).email).toBe(email)
  })

  it("sends a new link for an expired one", async () => {
    const email = "late@example.com"
    const { claim, token } = await claimedOrder(shop, clara, email)
    await expire(shop, claim.id)
    const asked = await open(token)
    expect([heading(asked), buttons(asked)]).toEqual([
      "This link has expired",
      ["renew", "decline"],
    ])
    expect(heading(await press("confirm", token))).toBe("This link has expired")
    expect(heading(await press("renew", token))).toBe(
      "A new link is on its way"
    )
    const fresh = await newestToken(shop, claim.id)
    expect(fresh).not.toBe(token)
    expect(heading(await open(token))).toBe("There is a newer link")
    expect(buttons(await open(fresh))).toEqual(["confirm", "decline"])
    // There is no need for another, so it asks.
    expect(buttons(await press("renew", fresh))).toEqual(["confirm", "decline"])
  })

  it("takes back what was confirmed by mistake, when its form is posted", async () => {
    const email = "mistake@example.com"
    const { claim, order, token } = await claimedOrder(shop, clara, email)
    await press("confirm", token)
    const revert = await revertToken(shop, claim.id)
    const [, told] = await shop.mail.waitForMails(2, { to: email })
    expect(told!.text).toContain(`${urlOf(revert)}&action=revert`)

    const asked = await request("GET", `${urlOf(revert)}&action=revert`)
    expect([asked.status, buttons(asked)]).toEqual([200, ["revert"]])
    expect(asked.text).toContain("Clara Customer")
    expect(asked.text).toContain(`#${order.display_id}`)
    expect((await ownerOf(shop, order.id)).customer_id).toBe(clara.customer.id)

    const done = await press("revert", revert)
    expect([done.status, buttons(done)]).toEqual([200, []])
    expect(heading(done)).not.toBe(heading(asked))
    expect(await ownerOf(shop, order.id)).toEqual({
      customer_id: order.customer_id,
      email,
    })
    expect((await claimById(shop, claim.id)).status).toBe("reverted")

    const events = await emitted(shop, "order-claim.reverted")
    for (const again of [
      await press("revert", revert),
      await open(revert),
      await open(token),
      await press("confirm", token),
    ]) {
      expect([again.status, heading(again)]).toEqual([200, heading(done)])
    }
    expect(await emitted(shop, "order-claim.reverted")).toBe(events)
  })

  it("confirms nothing with a link that takes back, and the other way round", async () => {
    const email = "mixed@example.com"
    const { claim, order, token } = await claimedOrder(shop, clara, email)
    const invalid = [400, "This link does not work"]
    const tried = async (action: string, with_: string) => {
      const page = await press(action, with_)
      return [page.status, heading(page)]
    }
    expect(await tried("revert", token)).toEqual(invalid)
    await press("confirm", token)
    expect(await tried("revert", token)).toEqual(invalid)
    const revert = await revertToken(shop, claim.id)
    for (const action of ["confirm", "decline", "renew"]) {
      expect(await tried(action, revert)).toEqual(invalid)
    }
    expect((await ownerOf(shop, order.id)).customer_id).toBe(clara.customer.id)
  })

  it("takes nothing back once the time for that is over", async () => {
    const email = "too-late@example.com"
    const { claim, order, token } = await claimedOrder(shop, clara, email)
    await press("confirm", token)
    await revertToken(shop, claim.id)
    const confirmedAt = new Date(Date.now() - 8 * DAY_MS)
    await shop.query("UPDATE order_claim SET resolved_at = $1 WHERE id = $2", [
      confirmedAt,
      claim.id,
    ])
    const late = signRevertToken(
      { id: claim.id, resolved_at: confirmedAt },
      7 * DAY_MS,
      SECRET
    )
    for (const page of [await open(late), await press("revert", late)]) {
      expect([page.status, heading(page), buttons(page)]).toEqual([
        200,
        "This link has expired",
        [],
      ])
      expect(page.text).not.toContain("new link")
    }
    expect((await ownerOf(shop, order.id)).customer_id).toBe(clara.customer.id)
  })

  it("does not say that an order went back that was canceled meanwhile", async () => {
    const email = "canceled-meanwhile@example.com"
    const { claim, order, token } = await claimedOrder(shop, clara, email)
    await press("confirm", token)
    const revert = await revertToken(shop, claim.id)
    await shop.query(`UPDATE "order" SET status = 'canceled' WHERE id = $1`, [
      order.id,
    ])
    const takeBack = { action: "revert", token: revert }
    const gone = [200, "This can no longer be taken back", []]
    for (const send of [open, () => submit(takeBack), open]) {
      const page = await send(revert)
      expect([page.status, heading(page), buttons(page)]).toEqual(gone)
    }
    expect((await claimById(shop, claim.id)).status).toBe("reverted")
    expect(await withToken(shop, "revert", revert)).toMatchObject({
      status: 200,
      body: { order_claim: { status: "stale" } },
    })
    expect(heading(await open(token))).toBe("This can no longer be added")
    expect((await ownerOf(shop, order.id)).customer_id).toBe(clara.customer.id)
  })

  it("has a sentence for every link that is of no use", async () => {
    const canceled = await claimedOrder(shop, clara, "canceled@example.com")
    await cancelAny(shop, staff, canceled.claim.id)
    const stale = await claimedOrder(shop, clara, "stale@example.com")
    await shop.query(
      `UPDATE "order" SET email = 'moved@example.com' WHERE id = $1`,
      [stale.order.id]
    )
    const used = await claimedOrder(shop, clara, "used@example.com")
    await resend(shop, staff, used.claim.id)
    await press("confirm", await newestToken(shop, used.claim.id))

    for (const [token, expected] of [
      [canceled.token, "This request was canceled"],
      [stale.token, "This can no longer be added"],
      [used.token, "This request is already confirmed"],
    ] as const) {
      const pages = [await open(token), await press("confirm", token)]
      for (const page of pages) {
        expect([page.status, heading(page), buttons(page)]).toEqual([
          200,
          expected,
          [],
        ])
        expect(page.text).not.toContain(token)
      }
    }
  })

  it.each([
    ["no token", "/order-claim"],
    ["an empty one", "/order-claim?token="],
    ["two", "/order-claim?token=a&token=b"],
    ["markup", "/order-claim?token=%3Cscript%3Ealert(1)%3C/script%3E"],
    ["a login's", `/order-claim?token=${"eyJhbGciOiJub25lIn0.e30."}`],
  ])("says that a link with %s does not work", async (_, path) => {
    const page = await request("GET", shop.url + path)
    expect([page.status, heading(page), buttons(page)]).toEqual([
      400,
      "This link does not work",
      [],
    ])
    expect(page.text).not.toContain("<script")
  })

  it("refuses forms that are not its own, and changes nothing", async () => {
    const { token } = await claimedOrder(shop, clara, "forms@example.com")
    const before = await everything(shop)
    const type = "application/x-www-form-urlencoded"
    const pages = [
      await submit({}),
      await submit({ token }),
      await submit({ token, action: "examine" }),
      await submit({ token, action: "constructor" }),
      await submit({ token: "", action: "confirm" }),
      await submit({ token, action: "confirm" }, "text/plain"),
      await submit({ token, action: "confirm" }, "application/json"),
      await submit({ token, action: "confirm" }, `${type}; charset=klingon`),
      await submit({ token: "x".repeat(200_000), action: "confirm" }),
      await request(
        "POST",
        `${shop.url}/order-claim?token=${token}&action=confirm`
      ),
      await request(
        "POST",
        `${shop.url}/order-claim`,
        { "content-type": type },
        `token=${token}&token=${token}&action=confirm`
      ),
    ]
    for (const page of pages) {
      expect([page.status, heading(page)]).toEqual([
        400,
        "This link does not work",
      ])
    }
    expect(await everything(shop)).toBe(before)
  })

  it("changes nothing when it is opened, however often and by whom", async () => {
    const { token } = await claimedOrder(shop, clara, "scanner@example.com")
    const before = await everything(shop)
    for (const method of ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]) {
      for (const query of ["", "&action=confirm", "&action=decline"]) {
        await request(method, urlOf(token) + query)
      }
    }
    expect(await everything(shop)).toBe(before)
  })

  it("keeps the token out of the server's log, however it is spelt", async () => {
    const { token } = await claimedOrder(shop, clara, "logged@example.com")
    for (const path of [
      "order-claim",
      "order-claim/",
      "Order-Claim",
      "/order-claim",
    ]) {
      for (const method of ["GET", "HEAD", "OPTIONS", "PUT"]) {
        await request(method, `${shop.url}/${path}?token=${token}`)
      }
    }
    await press("confirm", token)
    await shop.store.waitForLog(
      /PUT \/\/order-claim .*\n[^]*POST \/order-claim /
    )
    const log = shop.store.log()
    expect(log).toMatch(/GET \/order-claim /)
    expect(log).not.toContain(token)
    expect(log).not.toContain(token.split(".")[2])
  })

  it("is kept by no cache and framed by nobody, and tells its address to none", async () => {
    const { token } = await claimedOrder(shop, clara, "headers@example.com")
    const pages = [await open(token), await open("x"), await submit({})]
    for (const { headers } of pages) {
      expect(headers.get("cache-control")).toBe("no-store")
      expect(headers.get("referrer-policy")).toBe("no-referrer")
      expect(headers.get("x-content-type-options")).toBe("nosniff")
      expect(headers.get("x-frame-options")).toBe("DENY")
      expect(headers.get("x-robots-tag")).toBe("noindex")
      expect(headers.get("content-type")).toBe("text/html; charset=utf-8")
      expect(headers.get("content-security-policy")).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/=]+'; /
      )
      expect(headers.get("access-control-allow-origin")).toBeNull()
    }
  })

  it("says in its reader's language that it is broken", async () => {
    const page = await request("GET", `${shop.url}/order-claim`, {
      "accept-language": "xx, de-AT;q=0.9, en;q=0.5",
    })
    expect(page.text).toContain('<html lang="de-AT" dir="ltr">')
    expect(heading(page)).toBe("Dieser Link funktioniert nicht")
  })

  it("says that something broke, and what to the log alone", async () => {
    const { token } = await claimedOrder(shop, clara, "broken@example.com")
    await shop.query("ALTER TABLE order_claim RENAME TO order_claim_away")
    try {
      const opened = await open(token)
      const pressed = await press("confirm", token)
      expect([opened.status, heading(opened)]).toEqual([
        500,
        "Something went wrong",
      ])
      expect([pressed.status, buttons(pressed)]).toEqual([500, ["confirm"]])
      expect(opened.text + pressed.text).not.toContain("order_claim")
      await shop.store.waitForLog(/relation "order_claim" does not exist/)
    } finally {
      await shop.query("ALTER TABLE order_claim_away RENAME TO order_claim")
    }
    expect((await press("confirm", token)).status).toBe(200)
  })
})
