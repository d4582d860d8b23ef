import assert from "node:assert/strict"

import { linkIn, tokenIn } from "../stock-store"
import { registerCustomer } from "./people"
import type { Stage } from "./stage"

/** The scenes that every release plays, in the order of the table's columns. */
export const scenes = {
  /** No line of the log is about the plugin: neither warning nor error. */
  "quiet start": ({ store }) => {
    const lines = store.log().split("\n")
    const loud = lines.filter((line) =>
      /order-?claim|order-update-token-created/i.test(line)
    )
    assert.deepEqual(loud, [])
    return Promise.resolve()
  },

  claim: async (stage) => {
    const { clara, mail } = stage
    const order = await stage.order("greta@example.com")
    await clara.medusa.orders.requestCustomerOrders({ order_ids: [order.id] })
    const [letter] = await mail.waitForMails(1, { to: "greta@example.com" })
    assert(letter)
    assert.equal(linkIn(letter).pathname, "/claim")
    const { notifications } = await stage.staff.medusa.admin.notifications.list(
      { resource_id: order.id }
    )
    assert.deepEqual(
      notifications.map(({ provider_id, to }) => [provider_id, to]),
      [["order-claim", "greta@example.com"]]
    )
    await clara.medusa.orders.confirmRequest({ token: tokenIn(letter) })
    const { orders } = await clara.medusa.customers.listOrders()
    assert(orders.some(({ id }) => id === order.id))
    // both sides are told
    await mail.waitForMails(2, { to: "greta@example.com" })
    await mail.waitForMails(1, { to: "clara@example.com" })
  },

  resend: async (stage) => {
    const { order, letter } = await stage.claimed("gustav@example.com")
    const { admin } = stage.staff.medusa
    const { notifications } = await admin.notifications.list({
      resource_id: order.id,
    })
    await admin.notifications.resend(notifications[0]!.id, {})
    const to = "gustav@example.com"
    const second = (await stage.mail.waitForMails(2, { to }))[1]!
    assert.equal(await stage.refusal(tokenIn(letter)), "order_claim_superseded")
    assert.equal(await stage.refusal(tokenIn(second)), undefined)
  },

  retry: async (stage) => {
    const { mail } = stage
    const email = "busy@example.com"
    let tries = 0
    mail.onRcpt = (address) =>
      address === email && ++tries <= 2
        ? { code: 451, message: "try later" }
        : undefined
    try {
      await stage.claimed(email)
    } finally {
      mail.onRcpt = undefined
    }
    const [claim] = await stage.query<{ attempts: number }>(
      "SELECT attempts FROM order_claim WHERE email = 'busy@example.com'"
    )
    assert.equal(claim?.attempts, 3)
  },

  "without ids": async (stage) => {
    const order = await stage.order("old@example.com")
    const body = { email: "old@example.com", display_id: order.display_id }
    const { cookie } = stage.clara
    const asked = await stage.post("/store/order-claims", body, { cookie })
    assert.equal(asked.status, 200)
    const [letter] = await stage.mail.waitForMails(1, { to: body.email })
    assert.equal(await stage.refusal(tokenIn(letter!)), undefined)
    const { orders } = await stage.clara.medusa.customers.listOrders()
    assert(orders.some(({ id }) => id === order.id))
  },

  "own address": async (stage) => {
    const { store, mail } = stage
    const email = "own@example.com"
    const order = await stage.order(email)
    const owner = await registerCustomer(store.url, email)
    // offered because of the option: nobody has asked
    const [letter] = await mail.waitForMails(1, { to: email })
    const token = tokenIn(letter!)
    const required = "order_claim_login_required"
    assert.equal(await stage.refusal(token), required)

    const logIn = (password: string) =>
      fetch(`${store.url}/order-claim`, {
        method: "POST",
        body: new URLSearchParams({ token, action: "confirm", password }),
      })
    assert.equal((await logIn("wrong")).status, 401)
    assert.equal((await logIn("supersecret")).status, 200)
    const { orders } = await owner.medusa.customers.listOrders()
    assert.deepEqual(
      orders.map(({ id }) => id),
      [order.id]
    )
  },

  lists: async (stage) => {
    const { order } = await stage.claimed("listed@example.com")
    for (const [person, path] of [
      [stage.clara, "/store/order-claims"],
      [stage.staff, `/admin/order-claims?order_id=${order.id}`],
    ] as const) {
      const url = stage.store.url + path
      const answer = await fetch(url, { headers: { cookie: person.cookie } })
      const { order_claims } = (await answer.json()) as {
        order_claims: { order_ids: string[] }[]
      }
      assert(order_claims.some(({ order_ids }) => order_ids[0] === order.id))
      assert.equal((await fetch(url)).status, 401)
    }
  },

  staff: async (stage) => {
    const email = "staff@example.com"
    const order = await stage.order(email)
    const { customer } = await stage.clara.medusa.customers.retrieve()
    const { cookie } = stage.staff
    const claims = "/admin/order-claims"
    const body = { customer_id: customer.id, order_ids: [order.id] }
    assert.equal((await stage.post(claims, body)).status, 401)
    assert.equal((await stage.post(claims, body, { cookie })).status, 200)
    const [letter] = await stage.mail.waitForMails(1, { to: email })

    const url = `${stage.store.url}${claims}?q=STAFF@&created_at[gte]=2020-01-01&counts=true`
    const list = await fetch(url, { headers: { cookie } })
    const { order_claims, counts } = (await list.json()) as {
      order_claims: { id: string; requested_by: string }[]
      counts: { failed: number }
    }
    const [user] = await stage.query<{ id: string }>('SELECT id FROM "user"')
    assert.deepEqual(
      order_claims.map(({ requested_by }) => requested_by),
      [user?.id]
    )
    assert.equal(counts.failed, 0)

    const resend = `${claims}/${order_claims[0]?.id}/resend`
    assert.equal((await stage.post(resend, {}, { cookie })).status, 200)
    const second = (await stage.mail.waitForMails(2, { to: email }))[1]!
    assert.equal(
      await stage.refusal(tokenIn(letter!)),
      "order_claim_superseded"
    )
    assert.equal(await stage.refusal(tokenIn(second)), undefined)

    const retry = { failed_at: { gte: "2020-01-01" } }
    const retried = await stage.post(`${claims}/retry`, retry, { cookie })
    assert.equal(retried.status, 200)
  },

  refusals: async (stage) => {
    const expired = await stage.claimed("late@example.com")
    await stage.query(
      "UPDATE order_claim SET expires_at = now() - interval '1 second' WHERE email = 'late@example.com'"
    )
    const declined = await stage.claimed("stranger@example.com")
    await stage.post("/store/order-claims/decline", {
      token: tokenIn(declined.letter),
    })
    const codes = {
      [tokenIn(expired.letter)]: "order_claim_expired",
      [tokenIn(declined.letter)]: "order_claim_declined",
      nonsense: "order_claim_invalid",
    }
    for (const [token, code] of Object.entries(codes)) {
      assert.equal(await stage.refusal(token), code)
    }
  },

  page: async (stage) => {
    const { letter } = await stage.claimed("page@example.com")
    const token = tokenIn(letter)
    const asked = await fetch(`${stage.store.url}/order-claim?token=${token}`)
    assert.match(await asked.text(), /name="action" value="confirm"/)
    const pressed = await fetch(`${stage.store.url}/order-claim`, {
      method: "POST",
      body: new URLSearchParams({ token, action: "confirm" }),
    })
    assert.equal(pressed.status, 200)
    assert.equal(await stage.refusal(token), undefined)
    assert(!stage.store.log().includes(token))
  },
} satisfies Record<string, (stage: Stage) => Promise<void>>

export type Scene = keyof typeof scenes
