import type { PresentedToken } from "../../claims/claim-token"
import { readRevertToken } from "../../claims/revert-token"
import { parseOptions } from "../../options/settings"
import { confirmAndMove, link } from "../../actions/__tests__/presenting"
import { cancelClaim } from "../../actions/cancel"
import { retryFailed } from "../../actions/retry"
import { revertClaim } from "../../actions/revert"
import { ClaimRow, raiseGeneration } from "../../db/claims"
import {
  changeClaim,
  claimNow,
  MINUTE,
  openClaim,
  openDatabase,
  stagedEvents,
  storedClaim,
  TestDatabase,
} from "../../db/__tests__/test-database"
import type {
  DeliveryOutcome,
  Message,
  Transport,
} from "../../transports/transport"
import { attemptDelivery } from "../attempt"
import { ComposedClaim, composeEmails } from "../compose"
import { composingWith } from "./composing"
import { beginAttempts } from "../../db/begin-attempts"
import { endLeases, leaseDueClaims } from "../../db/lease-claims"
import { recordAttempts } from "../../db/record-attempts"
import { recordResend } from "../../db/record-resend"

const TERMS = { owner: "a", leaseMs: 15_000, linkTtlMs: 15 * MINUTE }
const SHOP = {
  claim_url: "https://shop.example/claim",
  from: "orders@shop.example",
}
const SETTINGS = parseOptions(SHOP)
const SECRET = "a secret for tests"

/** A transport that returns the test's outcomes, by address, and keeps the messages. */
class Answering implements Pick<Transport, "send"> {
  readonly given: Message[] = []
  deferred?: string
  refused?: string
  send(message: Message): Promise<DeliveryOutcome> {
    this.given.push(message)
    if (message.to === this.refused) {
      return Promise.resolve({ type: "refused", response: "550 no" })
    }
    return Promise.resolve(
      message.to === this.deferred
        ? { type: "deferred", response: "451 later" }
        : { type: "accepted", response: "250 ok" }
    )
  }
}

describe("the mail about a confirmation", () => {
  let db: TestDatabase
  let transport: Answering
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(async () => {
    await db.query("TRUNCATE order_claim, notification, staged_job")
    transport = new Answering()
  })

  const confirm = (token: PresentedToken, customerId?: string) =>
    confirmAndMove(db.pool, token, {}, customerId)
  const confirmed = async (orderCount = 1) => {
    const claim = await openClaim(db, { orderCount })
    await confirm(link(claim))
    return claim
  }
  const lease = () => leaseDueClaims(db, 10, TERMS)
  const compose = (claims: ClaimRow[], settings = SETTINGS) =>
    composeEmails(db, claims, composingWith(settings, SECRET))
  const subjectOf = async (claim: ClaimRow) => {
    const [email] = await compose([await claimNow(db, claim)])
    if (email?.composed.type !== "message") throw new Error("no message")
    return email.composed.message.subject
  }
  const attempt = (email: ComposedClaim) =>
    attemptDelivery(email, transport, SETTINGS.delivery)
  /** Leases, sends and records once, as the courier does. */
  const turn = async () => {
    const claims = await lease()
    const emails = await compose(claims)
    const attempts = await Promise.all(emails.map(attempt))
    await db.pool.transaction((tx) => recordAttempts(tx, TERMS.owner, attempts))
    return claims.length
  }
  const claimantOf = async ({ customer_id }: ClaimRow) => {
    const [row] = await db.query<{ email: string }>(
      "SELECT email FROM customer WHERE id = $1",
      [customer_id]
    )
    return row!.email
  }
  const retryAll = () =>
    retryFailed({ db: db.pool, rules: { limits: false } }, {})
  const sentTo = () => transport.given.map(({ to }) => to)

  it("goes to the old address and then to the claimant, once each", async () => {
    const claim = await confirmed(2)
    const claimant = await claimantOf(claim)
    while (await turn());
    expect(sentTo()).toEqual([claim.email, claimant])
    expect(transport.given.map(({ messageId }) => messageId)).toEqual([
      `<${claim.id}.confirmed.recipient@shop.example>`,
      `<${claim.id}.confirmed.claimant@shop.example>`,
    ])
    const [first, second] = transport.given
    expect(first?.subject).toContain("2 orders were added to an account")
    expect(second?.subject).toContain("2 orders were added to your account")
    const row = await storedClaim(db, claim.id)
    expect(row).toMatchObject({
      status: "confirmed",
      to_notify: [],
      next_attempt_at: null,
      leased_by: null,
      sent_at: null,
      token_generation: 1,
    })
    expect(row.deliveries.map(({ message, to }) => [message, to])).toEqual([
      ["claim-confirmed", "recipient"],
      ["claim-confirmed", "claimant"],
    ])
    expect(await stagedEvents(db)).toEqual([])
  })

  it("is one mail to the owner of the account, if that has the old address", async () => {
    const claim = await openClaim(db)
    await db.query("UPDATE customer SET email = $2 WHERE id = $1", [
      claim.customer_id,
      claim.email,
    ])
    await confirm(link(claim), claim.customer_id)
    while (await turn());
    expect(sentTo()).toEqual([claim.email])
    const [{ subject, text } = { subject: "", text: "" }] = transport.given
    expect(subject).toMatch(/Order #\d+ was added to your account$/)
    expect(text).toContain("was added to your account on ")
    expect(text).not.toMatch(/Clara|\*\*\*/)
  })

  it("is on record as given up, for the side whose mail server refuses it", async () => {
    const claim = await confirmed()
    transport.refused = claim.email
    while (await turn());
    expect(sentTo()).toEqual([claim.email, await claimantOf(claim)])
    const row = await storedClaim(db, claim.id)
    expect(row).toMatchObject({
      status: "confirmed",
      to_notify: [],
      failed_notices: ["recipient"],
      next_attempt_at: null,
    })
    expect(row.failed_at).not.toBeNull()

    expect(await retryAll()).toMatchObject({ queued: 1 })
    transport.refused = undefined
    while (await turn());
    expect(sentTo().at(-1)).toBe(claim.email)
    expect(await storedClaim(db, claim.id)).toMatchObject({
      failed_notices: [],
      to_notify: [],
    })
  })

  it("is not on record as given up any more, once it is out of date", async () => {
    const claim = await confirmed()
    transport.refused = claim.email
    while (await turn());
    await db.pool.transaction((tx) =>
      revertClaim(tx, { type: "admin", claimId: claim.id }, () =>
        Promise.resolve()
      )
    )
    expect((await storedClaim(db, claim.id)).failed_notices).toEqual([])
  })

  it("is not delayed for one party if the other's is deferred", async () => {
    const claim = await confirmed()
    transport.deferred = claim.email
    await turn()
    const { to_notify, next_attempt_at } = await storedClaim(db, claim.id)
    expect(to_notify).toEqual(["claimant", "recipient"])
    expect(next_attempt_at?.getTime()).toBeGreaterThan(Date.now())
    expect(await turn()).toBe(0)

    await changeClaim(db, claim, "next_attempt_at = now()")
    await turn()
    expect(sentTo()).toEqual([claim.email, await claimantOf(claim)])
    expect((await storedClaim(db, claim.id)).to_notify).toEqual(["recipient"])

    transport.deferred = undefined
    await turn()
    expect(sentTo().at(-1)).toBe(claim.email)
    expect(await storedClaim(db, claim.id)).toMatchObject({
      to_notify: [],
      next_attempt_at: null,
      last_error: null,
    })
  })

  it("follows even if the request's mail was on the wire", async () => {
    const claim = await openClaim(db)
    const [email] = await compose(await lease())
    const made = await attempt(email!)
    await confirm(link(claim))
    expect(await lease()).toEqual([])
    await db.pool.transaction((tx) => recordAttempts(tx, TERMS.owner, [made]))
    expect(await storedClaim(db, claim.id)).toMatchObject({
      status: "confirmed",
      to_notify: ["recipient", "claimant"],
      leased_by: null,
    })
    while (await turn());
    const [, ...notices] = sentTo()
    expect(notices).toEqual([claim.email, await claimantOf(claim)])
  })

  it("leaves out orders that have changed hands again", async () => {
    const claim = await confirmed(2)
    await db.query(
      `UPDATE "order" SET customer_id = (
         SELECT id FROM customer WHERE id <> $2 LIMIT 1) WHERE id = $1`,
      [claim.order_ids[0], claim.customer_id]
    )
    expect(await subjectOf(claim)).toMatch(
      /Order #\d+ was added to an account$/
    )
  })

  it("leaves out orders that were the claimant's before", async () => {
    const claim = await confirmed(2)
    await changeClaim(
      db,
      claim,
      `moved_orders = jsonb_build_array(moved_orders->0)`
    )
    expect(await subjectOf(claim)).toMatch(
      /Order #\d+ was added to an account$/
    )
  })

  it("is withdrawn for both if all orders have changed hands again", async () => {
    const claim = await confirmed()
    await db.query('UPDATE "order" SET customer_id = $2 WHERE id = $1', [
      claim.order_ids[0],
      (await openClaim(db)).customer_id,
    ])
    await db.query("DELETE FROM order_claim WHERE id <> $1", [claim.id])
    while (await turn());
    expect(sentTo()).toEqual([])
    expect(await storedClaim(db, claim.id)).toMatchObject({
      status: "confirmed",
      to_notify: [],
      attempts: 0,
      next_attempt_at: null,
    })
  })

  describe("with the link that takes it back", () => {
    const DAY = 24 * 60 * MINUTE
    const tokensIn = (text = "") =>
      [...text.matchAll(/token=([\w.-]+)/g)].map(([, token]) => token!)
    const messagesOf = async (claim: ClaimRow, settings = SETTINGS) => {
      const now = await claimNow(db, claim)
      const toBoth = now.to_notify.map((party) => ({
        ...now,
        to_notify: [party],
      }))
      const emails = await compose(toBoth, settings)
      return emails.map(({ composed }) => {
        if (composed.type !== "message") throw new Error(composed.type)
        return composed.message
      })
    }

    it("goes to the old address, and never to the claimant", async () => {
      const claim = await confirmed()
      const [toRecipient, toClaimant] = await messagesOf(claim)
      const [token = ""] = tokensIn(toRecipient?.text)
      const confirmedAt = (await storedClaim(db, claim.id)).resolved_at!
      const seconds = Math.floor(confirmedAt.getTime() / 1000)
      expect(readRevertToken(token, SECRET)).toEqual({
        claimId: claim.id,
        confirmedAt: seconds,
        expiresAt: new Date((seconds + (7 * DAY) / 1000) * 1000),
      })
      expect(toRecipient?.text).toContain(
        `\nhttps://shop.example/claim?token=${token}&action=revert\n`
      )
      expect(toClaimant).not.toHaveProperty("secret")
      expect(toClaimant?.text + toClaimant!.html).not.toMatch(/token|revert/)
    })

    it("is the message's secret, so that no recorded response has it", async () => {
      const [message] = await messagesOf(await confirmed())
      expect(tokensIn(message?.text)).toEqual([message?.secret])
    })

    it("goes to the owner of both addresses, too", async () => {
      const claim = await openClaim(db)
      await db.query("UPDATE customer SET email = $2 WHERE id = $1", [
        claim.customer_id,
        claim.email,
      ])
      await confirmAndMove(db.pool, link(claim), {}, claim.customer_id)
      const [message, ...others] = await messagesOf(claim)
      expect(others).toEqual([])
      expect(tokensIn(message?.text)).toHaveLength(1)
      expect(message?.text).toContain("was added to your account on ")
    })

    it("is left out if the shop offers none, or it would be over already", async () => {
      const claim = await confirmed()
      const off = parseOptions({ ...SHOP, revert_ttl: false })
      const short = parseOptions({ ...SHOP, revert_ttl: "1h" })
      await changeClaim(
        db,
        claim,
        "resolved_at = now() - interval '61 minutes'"
      )
      for (const settings of [off, short]) {
        const [message] = await messagesOf(claim, settings)
        expect(message).not.toHaveProperty("secret")
        expect(message?.text).toContain(
          "Please reply to this email right away."
        )
        expect(message?.text).not.toMatch(/token|revert/)
      }
      expect((await messagesOf(claim))[0]?.text).toContain("&action=revert")
    })

    it("has the day and the deadline of the confirm, when the mail is retried", async () => {
      const claim = await confirmed()
      transport.refused = claim.email
      while (await turn());
      await changeClaim(db, claim, "resolved_at = now() - interval '3 days'")
      const { resolved_at } = await claimNow(db, claim)
      await retryAll()

      const [{ text } = { text: "" }] = await messagesOf(claim)
      const day = (from: number) =>
        new Date(resolved_at!.getTime() + from).toLocaleDateString("en-US", {
          ...{ month: "long", day: "numeric", timeZone: "UTC" },
        })
      expect(text).toContain(`(c***@example.com) on ${day(0)}`)
      expect(text).toContain(`until ${day(7 * DAY)}`)
      const expiresAt = readRevertToken(tokensIn(text)[0], SECRET)?.expiresAt
      expect(expiresAt?.getTime()).toBeGreaterThan(Date.now() + 3.9 * DAY)
    })

    it("is left out of a mail that is retried after the deadline", async () => {
      const claim = await confirmed()
      transport.refused = claim.email
      while (await turn());
      await changeClaim(db, claim, "resolved_at = now() - interval '9 days'")
      await retryAll()

      const [message] = await messagesOf(claim)
      expect(message).not.toHaveProperty("secret")
      expect(message!.text + message!.html).not.toMatch(/token|action=revert/)
    })
  })

  describe("about orders that were given back", () => {
    const revert = (claim: ClaimRow) =>
      db.pool.transaction((tx) =>
        revertClaim(
          tx,
          { type: "admin", claimId: claim.id },
          async (_, orders) => {
            for (const { id, customer_id } of orders) {
              await tx.query(
                `UPDATE "order" SET customer_id = $2, email = $3 WHERE id = $1`,
                [id, customer_id, claim.email]
              )
            }
          }
        )
      )

    it("goes to both sides, once each, without a link", async () => {
      const claim = await confirmed(2)
      const claimant = await claimantOf(claim)
      while (await turn());
      transport.given.length = 0
      await revert(claim)
      while (await turn());
      expect(sentTo()).toEqual([claim.email, claimant])
      expect(transport.given.map(({ messageId }) => messageId)).toEqual([
        `<${claim.id}.reverted.recipient@shop.example>`,
        `<${claim.id}.reverted.claimant@shop.example>`,
      ])
      expect(transport.given.map(({ subject }) => subject)).toEqual([
        expect.stringMatching(/Your 2 orders were removed from an account$/),
        expect.stringMatching(/2 orders were removed from your account$/),
      ])
      for (const { text, html, secret } of transport.given) {
        expect(secret).toBeUndefined()
        expect(text + html).not.toMatch(/token|action=/)
      }
      const { deliveries, status } = await storedClaim(db, claim.id)
      expect(status).toBe("reverted")
      expect(deliveries.map(({ message, to }) => [message, to])).toEqual([
        ["claim-confirmed", "recipient"],
        ["claim-confirmed", "claimant"],
        ["claim-reverted", "recipient"],
        ["claim-reverted", "claimant"],
      ])
    })

    it("takes the place of the mails about the confirm that have not left", async () => {
      const claim = await confirmed()
      await revert(claim)
      while (await turn());
      expect(transport.given.map(({ messageId }) => messageId)).toEqual([
        `<${claim.id}.reverted.recipient@shop.example>`,
        `<${claim.id}.reverted.claimant@shop.example>`,
      ])
    })

    describe("and whose block was lifted right away", () => {
      const lift = (claim: ClaimRow) =>
        db.pool.transaction((tx) =>
          cancelClaim(tx, claim.id, { type: "admin" })
        )
      const lifted = async () => {
        const claim = await confirmed()
        await revert(claim)
        await lift(claim)
        return claim
      }
      const toBoth = ({ id }: ClaimRow) => [
        `<${id}.reverted.recipient@shop.example>`,
        `<${id}.reverted.claimant@shop.example>`,
      ]
      const mailed = () => transport.given.map(({ messageId }) => messageId)

      it("goes to both sides all the same, and the claim stays canceled", async () => {
        const claim = await lifted()
        const { reverted_at } = await claimNow(db, claim)
        expect((await claimNow(db, claim)).retries_since).toEqual(reverted_at)
        while (await turn());
        expect(mailed()).toEqual(toBoth(claim))
        expect(await storedClaim(db, claim.id)).toMatchObject({
          ...{ status: "canceled", to_notify: [], next_attempt_at: null },
        })
      })

      it.each([
        ["before it leaves", false],
        ["on the wire", true],
      ])("goes once, if it was composed: %s", async (_, isOnTheWire) => {
        const claim = await confirmed()
        await revert(claim)
        const leased = await lease()
        const emails = await compose(leased)
        const begin = () =>
          db.pool.transaction((tx) => beginAttempts(tx, TERMS.owner, leased))
        if (isOnTheWire) {
          expect(await begin()).toEqual(new Set([claim.id]))
          const attempts = await Promise.all(emails.map(attempt))
          await lift(claim)
          await db.pool.transaction((tx) =>
            recordAttempts(tx, TERMS.owner, attempts)
          )
        } else {
          await lift(claim)
          expect(await begin()).toEqual(new Set())
          await endLeases(db, [claim.id], TERMS.owner)
        }
        while (await turn());
        expect(mailed()).toEqual(toBoth(claim))
        expect(await storedClaim(db, claim.id)).toMatchObject({
          ...{ status: "canceled", to_notify: [], leased_by: null },
        })
      })

      it("can be retried, whether it was given up before or afterwards", async () => {
        const claim = await confirmed()
        transport.refused = claim.email
        await revert(claim)
        await turn()
        await lift(claim)
        transport.refused = await claimantOf(claim)
        while (await turn());
        expect(await storedClaim(db, claim.id)).toMatchObject({
          ...{ status: "canceled", failed_notices: ["recipient", "claimant"] },
        })
        transport.refused = undefined
        transport.given.length = 0
        expect(await retryAll()).toMatchObject({ queued: 1, left: 0 })
        while (await turn());
        expect(mailed()).toEqual(toBoth(claim))
      })
    })

    it("is one mail to the owner of both addresses", async () => {
      const claim = await confirmed()
      await db.query("UPDATE customer SET email = $2 WHERE id = $1", [
        claim.customer_id,
        claim.email,
      ])
      await revert(claim)
      while (await turn());
      expect(sentTo()).toEqual([claim.email])
      expect(transport.given[0]?.text).toContain(
        "removed from the account with your email address on "
      )
      expect(transport.given[0]?.text).not.toMatch(/Clara|\*\*\*/)
    })
  })

  it("goes to no address that is not one plain address", async () => {
    const claim = await confirmed()
    await changeClaim(db, claim, "email = 'a@b.example, c@d.example'")
    while (await turn());
    expect(sentTo()).toEqual([await claimantOf(claim)])
  })

  it("does not concern a claim that an admin has resent: it leaves the outbox", async () => {
    const claim = await openClaim(db)
    const raised = await raiseGeneration(db, claim.id, 15 * MINUTE)
    const [email] = await compose([raised])
    const made = await attempt(email!)
    await db.pool.transaction((tx) => recordResend(tx, made))
    expect(await storedClaim(db, claim.id)).toMatchObject({
      status: "sent",
      next_attempt_at: null,
    })
    expect(await lease()).toEqual([])
  })
})
