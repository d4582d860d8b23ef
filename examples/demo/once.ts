import assert from "node:assert/strict"

import {
  clientFor,
  linkIn,
  loginAdmin,
  placeGuestOrder,
  tokenIn,
  type CaughtMail,
} from "../../integration-tests/stock-store"
import { people, type Demo } from "./start"

const seen = (line: string) => console.log(`✓ ${line}`)

/** Returns the link for printing, without its secret. */
function maskedLink(mail: CaughtMail): string {
  const link = linkIn(mail)
  link.searchParams.set("token", "***")
  return link.toString()
}

/** Returns the status of a response; the client throws for those above 2xx. */
async function statusOf(request: Promise<unknown>): Promise<number> {
  const { response } = (await request) as { response: { status: number } }
  return response.status
}

/** Returns the error of a request that the API should refuse. */
async function refusalOf(request: Promise<unknown>) {
  try {
    await request
  } catch (error) {
    const { response } = error as {
      response?: { status: number; data: { code?: string; message?: string } }
    }
    assert(response, `the store did not answer: ${String(error)}`)
    return { status: response.status, ...response.data }
  }
  return assert.fail("the store accepted what it should have refused")
}

const nth = (mails: CaughtMail[], n: number): CaughtMail => {
  const mail = mails[n - 1]
  assert(mail, `mail ${n} is missing`)
  return mail
}

/** Plays claims by id, without ids and resent, and prints the steps. */
export async function playOnce(demo: Demo): Promise<void> {
  await claimAndConfirm(demo)
  await askWithoutIds(demo)
  await claimResendAndConfirm(demo)
  await confirmOnHostedPage(demo)
}

async function claimAndConfirm({ order, customer, mail }: Demo) {
  const { medusa } = customer
  seen(`guest order #${order.display_id} placed by ${people.guest}`)

  const asked = await statusOf(
    medusa.orders.requestCustomerOrders({ order_ids: [order.id] })
  )
  assert.equal(asked, 200)
  seen(`${people.customer} asked for it: ${asked}`)

  const first = nth(await mail.waitForClaimMails(people.guest, 1), 1)
  seen(`mail to ${people.guest}: "${first.subject}"`)
  seen(`its link: ${maskedLink(first)}`)

  const confirmed = await statusOf(
    medusa.orders.confirmRequest({ token: tokenIn(first) })
  )
  assert.equal(confirmed, 200)
  seen(`confirmed: ${confirmed}`)

  const { orders } = await medusa.customers.listOrders()
  assert.deepEqual(
    orders.map(({ id }) => id),
    [order.id],
    "the order is not among the customer's"
  )
  seen(`order #${order.display_id} is among ${people.customer}'s orders`)
}

/** Asks for the guest orders of the account's own address, and logs in to confirm. */
async function askWithoutIds({ store, ownOrder, customer, mail }: Demo) {
  const { medusa } = customer
  const number = `#${ownOrder.display_id}`
  seen(`guest order ${number} placed by ${people.customer}, before registering`)

  const { order_claim, response } = (await medusa.client.request(
    "POST",
    "/store/order-claims",
    {}
  )) as { order_claim: { email: string }; response: { status: number } }
  assert.equal(response.status, 200)
  seen(`orders of ${order_claim.email} asked for, without ids: 200`)

  const sent = nth(await mail.waitForClaimMails(people.customer, 1), 1)
  seen(`mail to ${people.customer}: "${sent.subject}"`)

  const token = tokenIn(sent)
  const refused = await refusalOf(
    clientFor(store.url).orders.confirmRequest({ token })
  )
  assert.equal(refused.code, "order_claim_login_required")
  seen(`its link, without a login: ${refused.status} ${refused.code}`)

  assert.equal(await statusOf(medusa.orders.confirmRequest({ token })), 200)
  const { orders } = await medusa.customers.listOrders()
  assert(
    orders.some(({ id }) => id === ownOrder.id),
    "the order of the account's own address is not among the customer's"
  )
  seen(`logged in: 200, order ${number} is in the account`)
}

async function claimResendAndConfirm({ store, customer, mail }: Demo) {
  const { medusa } = customer
  const guest = "gustav@example.com"
  const order = await placeGuestOrder(store.url, { email: guest })
  seen(`guest order #${order.display_id} placed by ${guest}`)

  await medusa.orders.requestCustomerOrders({ order_ids: [order.id] })
  const older = nth(await mail.waitForClaimMails(guest, 1), 1)
  seen(`${people.customer} asked for it; mail: "${older.subject}"`)

  const { admin } = await loginAdmin(store.url)
  const { notifications } = await admin.notifications.list({
    resource_id: order.id,
  })
  const [notification] = notifications
  assert(notification, "the admin sees no notification for the order")
  assert.equal(
    await statusOf(admin.notifications.resend(notification.id, {})),
    200
  )
  seen(`admin sees the mail under the order and resends it: 200`)

  const newer = nth(await mail.waitForClaimMails(guest, 2), 2)
  seen(`second mail: "${newer.subject}", link: ${maskedLink(newer)}`)

  const refused = await refusalOf(
    medusa.orders.confirmRequest({ token: tokenIn(older) })
  )
  assert.equal(refused.code, "order_claim_superseded")
  seen(`the first mail's link: ${refused.status} ${refused.code}`)

  const confirmed = await statusOf(
    medusa.orders.confirmRequest({ token: tokenIn(newer) })
  )
  assert.equal(confirmed, 200)
  const { orders } = await medusa.customers.listOrders()
  assert(
    orders.some(({ id }) => id === order.id),
    "the second order is not among the customer's"
  )
  seen(`the second mail's link: 200, order #${order.display_id} changed hands`)
}

/** Opens the link in a shop without a page of its own, and submits the form. */
async function confirmOnHostedPage({ store, customer, mail }: Demo) {
  const { medusa } = customer
  const guest = "gerda@example.com"
  const order = await placeGuestOrder(store.url, { email: guest })
  await medusa.orders.requestCustomerOrders({ order_ids: [order.id] })
  const token = tokenIn(nth(await mail.waitForClaimMails(guest, 1), 1))

  const page = `${store.url}/order-claim`
  const asked = await fetch(`${page}?token=${token}`)
  assert.match(await asked.text(), /Yes, add this order/)
  seen(`the hosted page asks about order #${order.display_id}`)

  const body = new URLSearchParams({ token, action: "confirm" })
  const pressed = await fetch(page, { method: "POST", body })
  assert.equal(pressed.status, 200)
  const { orders } = await medusa.customers.listOrders()
  assert(
    orders.some(({ id }) => id === order.id),
    "the third order is not among the customer's"
  )
  seen("its form was posted: the order changed hands")

  const dashboard = await fetch(`${store.url}/app/`)
  assert.equal(dashboard.status, 200)
  seen(`the admin dashboard answers on ${store.url}/app`)
}
