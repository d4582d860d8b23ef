import { readToken } from "../../claims/claim-token"
import type { StorefrontAbout } from "../../options/storefront"
import { parseOptions } from "../../options/settings"
import { ClaimRow, raiseGeneration } from "../../db/claims"
import type { Queryable } from "../../db/database"
import { Composed, composeEmails } from "../compose"
import { composingWith } from "./composing"
import { declineClaim } from "../../actions/decline"
import { link } from "../../actions/__tests__/presenting"
import { openClaims } from "../../actions/open-claims"
import { recordingLogger } from "../../values/__tests__/loggers"
import {
  addCustomer,
  claimNow,
  MINUTE,
  openClaim,
  openDatabase,
  requestFor,
  RULES,
  TestDatabase,
} from "../../db/__tests__/test-database"

const SECRET = "a jwt secret for tests"
const SHOP = {
  claim_url: "https://shop.example/claim",
  from: "Hill & Valley <orders@shop.example>",
}

describe("composing emails", () => {
  const logger = recordingLogger()
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
    await db.query("UPDATE store SET name = 'The Stock Store'")
  })
  afterAll(() => db.close())

  const compose = async (claims: ClaimRow[], options: object = {}) => {
    const settings = parseOptions({ ...SHOP, ...options })
    const emails = await composeEmails(
      db,
      claims,
      composingWith(settings, SECRET, logger)
    )
    return new Map(emails.map(({ claim, composed }) => [claim.id, composed]))
  }
  const composeOne = async (claim: ClaimRow, options: object = {}) =>
    (await compose([claim], options)).get(claim.id)
  const messageOf = (composed: Composed | undefined) => {
    if (composed?.type !== "message") throw new Error(JSON.stringify(composed))
    return composed.message
  }
  const change = (id: string | undefined, assignments: string) =>
    db.query(`UPDATE "order" SET ${assignments} WHERE id = $1`, [id])
  const addItems = (orderId: string | undefined, count: number) =>
    db.query(
      `INSERT INTO line_item (id, order_id, title, unit_price, quantity, created_at)
       SELECT $1 || '_item_' || n, $1, 'Item ' || n, 100, n,
         now() + n * interval '1 second'
       FROM generate_series(1, $2) AS n`,
      [orderId, count]
    )

  it("addresses the recipient, with a link that carries the claim's token", async () => {
    const claim = await openClaim(db)
    const message = messageOf(await composeOne(claim))
    expect(message).toMatchObject({
      to: claim.email,
      from: { name: "Hill & Valley", address: "orders@shop.example" },
      messageId: `<${claim.id}.1@shop.example>`,
    })
    const [, token] =
      /^https:\/\/shop\.example\/claim\?token=(\S+)$/m.exec(message.text) ?? []
    expect(readToken(token, SECRET)).toEqual({
      type: "link",
      claimId: claim.id,
      generation: 1,
    })
  })

  it("says how long the link works from now on, not since it was made", async () => {
    const claim = await openClaim(db)
    const ago = (ms: number) => new Date(Date.now() - ms)
    const expires_at = new Date(Date.now() + 13 * 60 * MINUTE)
    const late = {
      ...claim,
      token_issued_at: ago(11 * 60 * MINUTE),
      expires_at,
    }
    const { text, html } = messageOf(await composeOne(late))
    expect(text).toContain("This link works for 13 hours, until ")
    expect(html).toContain("Agree within 13 hours")
  })

  describe("for the claimant's own address", () => {
    const subject = /: Add order #\d+ to your account\?$/
    const changeClaimant = (claim: ClaimRow, assignments: string) =>
      db.query(`UPDATE customer SET ${assignments} WHERE id = $1`, [
        claim.customer_id,
      ])

    it("says when the account was opened, and that a login is needed", async () => {
      const claim = await openClaim(db)
      const other = messageOf(await composeOne(claim))
      expect(other.subject).not.toMatch(subject)
      expect(other.text).toContain("anyone who has the link can agree")

      await changeClaimant(
        claim,
        `email = '${claim.email.toUpperCase()}', created_at = '2026-11-21T08:30:00Z'`
      )
      const message = messageOf(await composeOne(claim))
      expect(message.to).toBe(claim.email)
      expect(message.subject).toMatch(subject)
      expect(message.text).toContain(
        "An account with this email address was opened on November 21, 2026."
      )
      expect(message.text).toContain(
        "To agree, you need to log in to that account."
      )
      expect(message.text).not.toMatch(/Clara|\*\*\*|can agree/)
    })

    it("says so even if the claimant has changed the account's address since", async () => {
      const claim = await openClaim(db)
      const message = messageOf(
        await composeOne({ ...claim, own_address: true })
      )
      expect(message.to).toBe(claim.email)
      expect(message.subject).toMatch(subject)
      expect(message.text).not.toMatch(/Clara|\*\*\*|can agree/)
    })

    it("is another mail than the one where require_login asks for the login", async () => {
      const claim = await openClaim(db)
      const message = messageOf(
        await composeOne(claim, { require_login: true })
      )
      expect(message.subject).toMatch(/: Add order #\d+ to an account\?$/)
      expect(message.text).toContain(
        "Clara Customer (c***@example.com) asked us"
      )
      expect(message.text).toContain(
        "To agree, you need to log in to that account."
      )
      expect(message.text).not.toContain("can confirm")
    })
  })

  it("is the same for the same claim, and different with a new generation", async () => {
    const claim = await openClaim(db)
    const message = messageOf(await composeOne(claim))
    expect(messageOf(await composeOne(claim))).toEqual(message)
    const raised = await raiseGeneration(db, claim.id, 15 * MINUTE)
    const next = messageOf(await composeOne(raised))
    expect(next.messageId).toBe(`<${claim.id}.2@shop.example>`)
    expect(next.text).not.toBe(message.text)
  })

  it("has the shop's name from the options, or else from the store", async () => {
    const claim = await openClaim(db)
    const branded = { brand: { name: "H&V" } }
    expect(messageOf(await composeOne(claim)).subject).toMatch(
      /^The Stock Store: /
    )
    expect(messageOf(await composeOne(claim, branded)).subject).toMatch(
      /^H&V: /
    )
  })

  it("lists five orders and five items of each, and counts the others", async () => {
    const claim = await openClaim(db, { orderCount: 13 })
    await addItems(claim.order_ids[0], 7)
    const { text, subject } = messageOf(await composeOne(claim))
    expect(subject).toContain("13 orders")
    expect(text.match(/^\* Order #\d+, /gm)).toHaveLength(5)
    expect(text).toContain("* and 8 more orders\n")
    expect(text.match(/^ {4}(\d) × Item \1$/gm)).toHaveLength(5)
    expect(text).toContain("    5 × Item 5\n    and 2 more items\n")
  })

  it("leaves out orders that may not be claimed any more", async () => {
    const claim = await openClaim(db, { orderCount: 3 })
    await change(claim.order_ids[0], "status = 'canceled'")
    await change(claim.order_ids[1], "email = 'else@example.com'")
    const { text, subject } = messageOf(await composeOne(claim))
    const [order] = await db.query<{ display_id: number }>(
      `SELECT display_id FROM "order" WHERE id = $1`,
      [claim.order_ids[2]]
    )
    expect(subject).toContain(`order #${order?.display_id}`)
    expect(text.match(/^\* Order #\d+, /gm)).toHaveLength(1)
  })

  describe("when the claimant's account has taken the recipient's address", () => {
    const taken = async () => {
      const claim = await openClaim(db)
      await db.query("UPDATE customer SET email = $2 WHERE id = $1", [
        claim.customer_id,
        claim.email.toUpperCase(),
      ])
      return claim
    }

    it("remembers it before the mail is written, for those claims alone", async () => {
      const [other, own] = [await openClaim(db), await taken()]
      const settings = parseOptions(SHOP)
      const emails = await composeEmails(
        db,
        [other, own],
        composingWith(settings, SECRET, logger)
      )
      expect(emails.map(({ claim }) => claim.own_address)).toEqual([
        false,
        true,
      ])
      expect((await claimNow(db, own)).own_address).toBe(true)
      expect((await claimNow(db, other)).own_address).toBe(false)
      expect(emails.map(({ composed }) => composed.type)).toEqual([
        "message",
        "message",
      ])
    })

    it("writes nothing for a claim that knows it already", async () => {
      const own = await taken()
      await composeOne(own)
      const known = await claimNow(db, own)
      const statements: string[] = []
      const watched: Queryable = {
        query: (sql, parameters) => {
          statements.push(sql)
          return db.query(sql, parameters)
        },
      }
      const composing = composingWith(parseOptions(SHOP), SECRET, logger)
      await composeEmails(watched, [known], composing)
      expect(statements.filter((sql) => sql.includes("UPDATE"))).toEqual([])
    })
  })

  it("withdraws a claim whose orders are all gone, and says why", async () => {
    const claim = await openClaim(db)
    await change(claim.order_ids[0], `customer_id = '${await addCustomer(db)}'`)
    expect(await composeOne(claim)).toEqual({
      type: "withdrawn",
      reason: "no order may be claimed: 1 of a customer with an account",
    })
  })

  it("withdraws a claim for orders that were declined to its claimant alone", async () => {
    const declined = await openClaim(db)
    const { customer_id, email, order_ids } = declined
    const ask = async (claimant: string) => {
      const request = requestFor(claimant, email, order_ids)
      const [opened] = await db.pool.transaction((tx) =>
        openClaims(tx, [request], RULES)
      )
      return claimNow(db, opened!.claim)
    }
    const theirs = await ask(customer_id)
    const others = await ask(await addCustomer(db))
    await db.pool.transaction((tx) => declineClaim(tx, link(declined)))

    const composed = await compose([theirs, others])
    expect(composed.get(theirs.id)).toEqual({
      type: "withdrawn",
      reason: "no order may be claimed: 1 declined by its recipient",
    })
    expect(messageOf(composed.get(others.id)).to).toBe(email)
  })

  it("withdraws a claim whose claimant is gone", async () => {
    const claim = await openClaim(db)
    await db.query("UPDATE customer SET deleted_at = now() WHERE id = $1", [
      claim.customer_id,
    ])
    expect(await composeOne(claim)).toEqual({
      type: "withdrawn",
      reason: "the claimant has no account",
    })
  })

  it("composes the others of a batch if one has no storefront", async () => {
    const [good, bad] = [await openClaim(db), await openClaim(db)]
    const storefront = ({ claim }: StorefrontAbout) => {
      if (claim.id === bad.id) throw new Error("no page for this one")
      return {}
    }
    const composed = await compose([bad, good], { storefront })
    expect(composed.get(bad.id)).toEqual({
      type: "broken",
      reason: "StorefrontError: storefront threw Error: no page for this one",
    })
    expect(messageOf(composed.get(good.id)).to).toBe(good.email)
    const [line] = logger.lines.filter((each) => each.includes(bad.id))
    expect(line).toContain("could not be written: StorefrontError: ")
    expect(line).toContain("caused by: Error: no page for this one")
    // The stack: where the shop's own function threw.
    expect(line).toContain("compose.db.spec")
  })

  it("keeps the claims of a batch apart", async () => {
    const claims: ClaimRow[] = []
    for (let i = 0; i < 12; i += 1) claims.push(await openClaim(db))
    const composed = await compose(claims)
    for (const claim of claims) {
      const { to, text } = messageOf(composed.get(claim.id))
      const token = /token=(\S+)/.exec(text)?.[1]
      expect(to).toBe(claim.email)
      expect(readToken(token, SECRET)).toMatchObject({ claimId: claim.id })
    }
  })
})
