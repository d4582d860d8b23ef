import { readFileSync } from "node:fs"
import { join } from "node:path"
import {
  ask,
  claimById,
  claimedOrder,
  claims,
  confirm,
  eventually,
  loginStaff,
  newestToken,
  resend,
  withToken,
} from "./claims"
import { pluginCli } from "./plugin-cli"
import {
  type LoggedIn,
  sharedShop,
  type Shop,
  stockEnvironment,
  wholeDatabase,
} from "./stock-store"

jest.setTimeout(180_000)

const GRETA = "greta@example.com"

/** The columns that docs/privacy.md lists as those where an address remains. */
function whereItRemains(): string[] {
  const file = join(__dirname, "../docs/privacy.md")
  const [, part = ""] =
    /<!-- remains -->([^]*)<!-- end of remains -->/.exec(
      readFileSync(file, "utf8")
    ) ?? []
  return [...part.matchAll(/^\| `([\w.]+)`/gm)].map(([, column]) => column!)
}

describe("an address that is erased", () => {
  let shop: Shop
  let clara: LoggedIn
  let staff: string
  /** The claim that was declined to Clara. */
  let declined: Awaited<ReturnType<typeof claimedOrder>>

  beforeAll(async () => {
    shop = await sharedShop()
    clara = await shop.registerCustomer({ email: "clara@example.com" })
    staff = await loginStaff(shop)
  })
  afterAll(() => shop?.close())

  const erase = (...more: string[]) =>
    pluginCli(["erase", "--email", "Greta@Example.com", ...more], {
      ...stockEnvironment({ databaseUrl: shop.databaseUrl }),
    })
  /** The columns, of all tables, with the address in them. */
  const placesOf = async (address: string) => {
    const tables = await wholeDatabase(shop)
    const found = [...tables].flatMap(([table, rows]) =>
      [...rows.values()].flatMap((row) =>
        Object.entries(row)
          .filter(([, value]) =>
            JSON.stringify(value).toLowerCase().includes(address)
          )
          .map(([column]) => `${table}.${column}`)
      )
    )
    return [...new Set(found)].sort()
  }

  it("has left its traces in a whole flow", async () => {
    // a confirm, with its mails to both sides
    const confirmed = await claimedOrder(shop, clara, GRETA)
    expect((await confirm(shop, confirmed.token)).status).toBe(200)
    await eventually(
      async () => !(await claimById(shop, confirmed.claim.id)).to_notify.length,
      "both sides to be told"
    )
    // a decline
    declined = await claimedOrder(shop, clara, GRETA)
    const answer = await withToken(shop, "decline", declined.token)
    expect(answer.status).toBe(200)
    // a refusal that quotes it, and one that will be tried again
    shop.mail.onRcpt = (address) =>
      address === GRETA
        ? { code: 550, message: `5.1.1 <${address}>: no such user` }
        : undefined
    const refused = await shop.guestOrder(GRETA)
    const { id } = await ask(shop, clara, [refused.id])
    await eventually(
      async () => (await claimById(shop, id)).status === "failed",
      "the mail to be refused"
    )
    // somebody else's claim, resent to it: refused, and then accepted
    const others = await claimedOrder(shop, clara, "other@example.com")
    expect((await resend(shop, staff, others.claim.id, GRETA)).status).toBe(400)
    shop.mail.onRcpt = undefined
    expect((await resend(shop, staff, others.claim.id, GRETA)).status).toBe(200)
    // Greta registers, and asks for an order of another address
    const greta = await shop.registerCustomer({ email: GRETA })
    const wanted = await shop.guestOrder("old@example.com")
    const own = await ask(shop, greta, [wanted.id])
    await newestToken(shop, own.id)
    // and one whose mail still waits
    shop.mail.onRcpt = () => ({ code: 451, message: `later, ${GRETA}` })
    const waiting = await shop.guestOrder(GRETA)
    const { id: deferred } = await ask(shop, clara, [waiting.id])
    await eventually(
      async () => (await claimById(shop, deferred)).deliveries.length > 0,
      "the mail to be deferred"
    )

    expect(await placesOf(GRETA)).toEqual(
      expect.arrayContaining([
        "customer.email",
        "notification.data",
        "notification.to",
        "order.email",
        "order_claim.deliveries",
        "order_claim.email",
        "order_claim.last_error",
      ])
    )
  })

  it("is counted by a dry run, which changes nothing", async () => {
    const before = await placesOf(GRETA)
    const { code, out } = await erase("--dry-run")

    expect(code).toBe(0)
    expect(out).toMatch(
      /^Without --dry-run, G\*\*\*@Example\.com would be taken/
    )
    expect(await placesOf(GRETA)).toEqual(before)
  })

  it("is found afterwards only where docs/privacy.md says", async () => {
    const remains = whereItRemains()
    expect(remains).toContain("order.email")
    const { code, out, err } = await erase()

    expect({ code, err }).toEqual({ code: 0, err: "" })
    expect(out).toMatch(/^ {2}6 claims/m)
    expect(out).toMatch(
      /^1 declined or reverted claim still blocks its claimant\.$/m
    )
    const places = await placesOf(GRETA)
    expect(places).toEqual(expect.arrayContaining(["customer.email"]))
    expect(places.filter((place) => !remains.includes(place))).toEqual([])
    expect(remains.filter((place) => place.startsWith("order_claim"))).toEqual(
      []
    )
  })

  it("is not mailed any more, though a mail was to be tried again", async () => {
    shop.mail.onRcpt = undefined
    const sent = shop.mail.mails.length
    // a later claim is mailed, so that the outbox has been emptied since
    await claimedOrder(shop, clara, "later@example.com")
    const since = shop.mail.mails.slice(sent)
    expect(since.map(({ envelope }) => envelope.to)).toEqual([
      ["later@example.com"],
    ])
    expect((await claims(shop)).map(({ status }) => status)).not.toContain(
      "pending"
    )
  })

  it("still blocks who was declined", async () => {
    const again = await ask(shop, clara, [declined.order.id])
    const claim = await eventually(async () => {
      const now = await claimById(shop, again.id)
      return now.status === "ineligible" ? now : undefined
    }, "the claim to be turned down")
    expect(claim.last_error).toMatch(/declined by its recipient/)
  })

  it("stays out of what staff can do with the claims", async () => {
    const { id } = declined.claim
    expect((await resend(shop, staff, id)).status).toBe(400)
    expect((await withToken(shop, "lookup", declined.token)).status).toBe(200)
  })
})
