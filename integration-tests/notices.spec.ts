import {
  claimById,
  claimedOrder,
  confirm,
  eventually,
  mailsWithKey,
} from "./claims"
import {
  linkIn,
  type LoggedIn,
  newShop,
  type Shop,
  tokenIn,
} from "./stock-store"

jest.setTimeout(120_000)

const JWT = /eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/
const PARTIES = ["recipient", "claimant"]

describe("after a confirm", () => {
  let shop: Shop
  let clara: LoggedIn

  const noticesOf = (claimId: string) =>
    PARTIES.map((party) => mailsWithKey(shop, `${claimId}.confirmed.${party}`))
  const allTold = (claimId: string) =>
    eventually(async () => {
      const { to_notify } = await claimById(shop, claimId)
      return !to_notify.length
    }, "everybody to be told")
  const confirmed = async (email: string) => {
    const claimed = await claimedOrder(shop, clara, email)
    expect((await confirm(shop, claimed.token)).status).toBe(200)
    return claimed
  }

  describe("both sides", () => {
    beforeAll(async () => {
      shop = await newShop({
        pluginOptions: { limits: false, delivery: { first_retry: "1s" } },
      })
      clara = await shop.registerCustomer({ email: "clara@example.com" })
    })
    afterAll(() => shop?.close())

    it("are told once each, and no link confirms: one takes back, for the old address", async () => {
      const { claim, token } = await confirmed("greta@example.com")
      await allTold(claim.id)
      await confirm(shop, token)
      // Whatever that might have mailed would leave before the next ones.
      const next = await confirmed("next@example.com")
      await allTold(next.claim.id)

      const [toGreta, toClara] = noticesOf(claim.id)
      expect(toGreta).toHaveLength(1)
      expect(toClara).toHaveLength(1)
      expect(toGreta![0]!.envelope.to).toEqual(["greta@example.com"])
      expect(toClara![0]!.envelope.to).toEqual(["clara@example.com"])
      expect(toGreta![0]!.subject).toBe(
        "Hill & Valley: Order #1 was added to an account"
      )
      expect(toClara![0]!.subject).toBe(
        "Hill & Valley: Order #1 was added to your account"
      )
      for (const mail of [toGreta![0]!, toClara![0]!]) {
        expect(mail.text).toContain("#1")
        expect(mail.headers.get("auto-submitted")).toBe("auto-generated")
      }
      const { raw, text, html } = toClara![0]!
      for (const part of [raw, text, html]) {
        expect(part).not.toMatch(JWT)
        expect(part).not.toContain("shop.example/claim")
      }
      const link = linkIn(toGreta![0]!)
      expect(link.searchParams.get("action")).toBe("revert")
      expect(toGreta![0]!.text).not.toContain(token)
      expect((await confirm(shop, tokenIn(toGreta![0]!))).status).toBe(400)
      expect(toGreta![0]!.text).toContain(
        "the account of Clara Customer (c***@example.com)"
      )
      expect(toGreta![0]!.text).not.toContain("clara@example.com")
      expect(toClara![0]!.text).toContain("g***@example.com")
      expect(toClara![0]!.text).not.toContain("greta@example.com")
    })

    it("are on record with the claim, which stays confirmed", async () => {
      const { claim } = await confirmed("record@example.com")
      await allTold(claim.id)
      const { status, next_attempt_at, leased_by, deliveries } =
        await claimById(shop, claim.id)

      expect([status, next_attempt_at, leased_by]).toEqual([
        "confirmed",
        null,
        null,
      ])
      expect(deliveries).toMatchObject([
        { message: "claim-request", to: "recipient", outcome: "accepted" },
        { message: "claim-confirmed", to: "recipient", outcome: "accepted" },
        { message: "claim-confirmed", to: "claimant", outcome: "accepted" },
      ])
    })

    it("are told once if they are one", async () => {
      const same = "same@example.com"
      const order = await shop.guestOrder(same)
      const sam = await shop.registerCustomer({ email: same })
      await sam.medusa.orders.requestCustomerOrders({ order_ids: [order.id] })
      const [mail] = await shop.mail.waitForMails(1, { to: same })
      const key = mail!.headers.get("message-id") as string
      const id = key.slice(1, key.indexOf("."))
      const token = /token=([\w.-]+)/.exec(mail!.text)![1]
      await sam.medusa.orders.confirmRequest({ token: token! })
      await allTold(id)

      expect(noticesOf(id).map((mails) => mails.length)).toEqual([1, 0])
    })

    it("are told although one of them has no mailbox any more", async () => {
      const { claim, token } = await claimedOrder(
        shop,
        clara,
        "closed@example.com"
      )
      shop.mail.onRcpt = (address) =>
        address === "closed@example.com"
          ? { code: 550, message: "no such user" }
          : undefined
      await confirm(shop, token)
      await allTold(claim.id)
      shop.mail.onRcpt = undefined

      expect(noticesOf(claim.id).map((mails) => mails.length)).toEqual([0, 1])
      expect((await claimById(shop, claim.id)).status).toBe("confirmed")
    })

    it("are told once each although the mail server was away, and the shop restarted", async () => {
      const { claim, token } = await claimedOrder(
        shop,
        clara,
        "patient@example.com"
      )
      shop.mail.onRcpt = () => ({ code: 451, message: "away" })
      expect((await confirm(shop, token)).status).toBe(200)
      await eventually(async () => {
        const { deliveries } = await claimById(shop, claim.id)
        return deliveries.filter((d) => d.outcome === "deferred").length > 1
      }, "two attempts in vain")
      await shop.store.kill()
      shop.mail.onRcpt = undefined
      expect(noticesOf(claim.id)).toEqual([[], []])

      await shop.startAgain()
      await allTold(claim.id)
      expect(noticesOf(claim.id).map((mails) => mails.length)).toEqual([1, 1])
    })
  })

  describe("nobody", () => {
    beforeAll(async () => {
      shop = await newShop({
        pluginOptions: { limits: false, notify_on_confirm: false },
      })
      clara = await shop.registerCustomer({ email: "clara@example.com" })
    })
    afterAll(() => shop?.close())

    it("is told if the shop does that itself", async () => {
      const { claim } = await confirmed("silent@example.com")
      expect((await claimById(shop, claim.id)).to_notify).toEqual([])
      // A notice would leave before the mail of a later claim.
      await claimedOrder(shop, clara, "later@example.com")

      expect(shop.mail.recipients).toEqual([
        "silent@example.com",
        "later@example.com",
      ])
    })
  })
})
