import { type Answer, bearer, post, request } from "./requests"
import {
  eventually,
  type LoggedIn,
  type ReceivedMail,
  type Shop,
  tokenIn,
} from "./stock-store"

export * from "./probe"
export * from "./requests"
export { eventually }

/** The page behind the link: posts the token. */
export const confirm = (shop: Shop, token: unknown): Promise<Answer> =>
  post(`${shop.url}/store/orders/customer/confirm`, { token })

/** The other actions of a page with the token of a link. */
export const withToken = (
  shop: Shop,
  what: "lookup" | "decline" | "renew" | "revert",
  token: unknown
): Promise<Answer> => post(`${shop.url}/store/order-claims/${what}`, { token })

/** Posts the form of the hosted page. */
export const submitPage = (
  shop: Shop,
  fields: Record<string, string>,
  type = "application/x-www-form-urlencoded"
): Promise<Answer> =>
  request(
    "POST",
    `${shop.url}/order-claim`,
    { "content-type": type },
    new URLSearchParams(fields).toString()
  )

/** The claimant's own claims. */
export const ownClaims = (
  shop: Shop,
  { token }: LoggedIn,
  query = ""
): Promise<Answer> =>
  request("GET", `${shop.url}/store/order-claims${query}`, bearer(token))

/** The claimant thinks better of it. */
export const cancelOwn = (
  shop: Shop,
  { token }: LoggedIn,
  id: string
): Promise<Answer> =>
  request("DELETE", `${shop.url}/store/order-claims/${id}`, bearer(token))

/** The shop's staff revoke a claim. */
export const cancelAny = (
  shop: Shop,
  staff: string,
  id: string
): Promise<Answer> =>
  post(`${shop.url}/admin/order-claims/${id}/cancel`, {}, bearer(staff))

/** As "Re-Send Mail" of the dashboard posts it, for a claim's first order. */
export async function resend(
  shop: Shop,
  staff: string,
  claimId: string,
  to?: string
): Promise<Answer> {
  const [notification] = await shop.query<{ id: string }>(
    `SELECT id FROM notification
     WHERE data->>'order_claim_id' = $1 AND parent_id IS NULL`,
    [claimId]
  )
  const path = `/admin/notifications/${notification!.id}/resend`
  return post(
    `${shop.url}${path}`,
    to === undefined ? {} : { to },
    bearer(staff)
  )
}

/** The row of a claim, as far as tests look at it. */
export interface ClaimRow {
  id: string
  customer_id: string
  email: string
  order_ids: string[]
  status: string
  token_generation: number
  attempts: number
  own_address: boolean
  password_attempts: number
  next_attempt_at: Date | null
  leased_by: string | null
  deliveries: { at: string; outcome: string; response: string }[]
  locale: string | null
  last_error: string | null
  to_notify: string[]
  resolved_by: string | null
  reverted_by: string | null
}

/** All claims of a shop, the oldest first. */
export const claims = (shop: Shop): Promise<ClaimRow[]> =>
  shop.query<ClaimRow>("SELECT * FROM order_claim ORDER BY id")

/** One claim as it is now. */
export const claimById = async (shop: Shop, id: string): Promise<ClaimRow> =>
  (await claims(shop)).find((claim) => claim.id === id)!

/** Waits until a claim has the status; there may be several. */
export const claimWithStatus = (
  shop: Shop,
  status: string
): Promise<ClaimRow> =>
  eventually(
    async () => (await claims(shop)).find((claim) => claim.status === status),
    `a claim that is ${status}`
  )

/** A mail as its Message-ID names it: `oclaim_….1`, `oclaim_….confirmed.claimant`. */
export const mailsWithKey = (shop: Shop, key: string): ReceivedMail[] =>
  shop.mail.mails.filter(({ headers }) =>
    (headers.get("message-id") as string).startsWith(`<${key}@`)
  )

/** The token of a claim's newest link, once that is on record as sent. */
export async function newestToken(shop: Shop, id: string): Promise<string> {
  const { token_generation } = await eventually(async () => {
    const claim = await claimById(shop, id)
    return claim.status === "sent" && claim
  }, `${id} to be sent`)
  return tokenIn(mailsWithKey(shop, `${id}.${token_generation}`)[0]!)
}

/** The token with which the old address of a confirmed claim takes it back. */
export async function revertToken(shop: Shop, id: string): Promise<string> {
  const [mail] = await eventually(() => {
    const mails = mailsWithKey(shop, `${id}.confirmed.recipient`)
    return Promise.resolve(mails.length > 0 && mails)
  }, `the mail that ${id} was confirmed`)
  return tokenIn(mail!)
}

/**
 * Asks for orders and waits for the claim on record. Core signs by the second:
 * who asks for the same orders again in the same second makes the same event.
 */
export async function ask(
  shop: Shop,
  claimant: LoggedIn,
  orderIds: string[]
): Promise<ClaimRow> {
  const isAskedFor = (claim: ClaimRow) =>
    claim.customer_id === claimant.customer.id &&
    claim.order_ids.some((id) => orderIds.includes(id))
  const before = await claims(shop)
  const known = new Set(before.map(({ id }) => id))
  const second = () => Math.floor(Date.now() / 1000)
  const now = second()
  if (before.some(isAskedFor)) {
    await eventually(() => second() > now, "the next second")
  }
  await claimant.medusa.orders.requestCustomerOrders({ order_ids: orderIds })
  return eventually(
    async () =>
      (await claims(shop)).find(
        (claim) => !known.has(claim.id) && isAskedFor(claim)
      ),
    "the claim on record"
  )
}

/** A guest's order that somebody has asked for, and the token of the mailed link. */
export async function claimedOrder(
  shop: Shop,
  claimant: LoggedIn,
  email: string
) {
  const order = await shop.guestOrder(email)
  const { id } = await ask(shop, claimant, [order.id])
  const token = await newestToken(shop, id)
  return { order, claim: await claimById(shop, id), token }
}

/** Lets time pass for a claim and its link. */
export async function letPass(
  shop: Shop,
  claimId: string,
  hours: number
): Promise<void> {
  await shop.query(
    `UPDATE order_claim SET
       created_at = created_at - $2 * interval '1 hour',
       token_issued_at = token_issued_at - $2 * interval '1 hour',
       expires_at = expires_at - $2 * interval '1 hour'
     WHERE id = $1`,
    [claimId, hours]
  )
}

/** Lets the time of a claim's link run out. */
export async function expire(shop: Shop, claimId: string): Promise<void> {
  await shop.query(
    "UPDATE order_claim SET expires_at = now() - interval '1 second' WHERE id = $1",
    [claimId]
  )
}

/** The customer and the address of an order. */
export async function ownerOf(shop: Shop, orderId: string) {
  const [row] = await shop.query<{ customer_id: string; email: string }>(
    'SELECT customer_id, email FROM "order" WHERE id = $1',
    [orderId]
  )
  return row!
}

/** Waits until no claim is to be looked up, mailed or recorded at this moment. */
async function nothingUnderWay(shop: Shop): Promise<void> {
  await eventually(async () => {
    const underWay = await shop.query(
      `SELECT 1 FROM order_claim
       WHERE status = 'requested' OR (next_attempt_at <= now()
         AND status IN ('pending', 'confirmed', 'reverted')) LIMIT 1`
    )
    return underWay.length === 0
  }, "what was asked for to be done")
}

/**
 * Everything that the plugin could change, to be compared: once it has done what
 * was asked of it before.
 */
export async function everything(shop: Shop): Promise<string> {
  await nothingUnderWay(shop)
  const [dump] = await shop.query<{ dump: string }>(
    `SELECT concat(
       (SELECT jsonb_agg(c ORDER BY id) FROM order_claim c),
       (SELECT jsonb_agg(o ORDER BY id) FROM "order" o),
       (SELECT jsonb_agg(n ORDER BY id) FROM notification n)
     ) AS dump`
  )
  return dump!.dump
}

/** Counts how often the local bus has handed out an event, once none is waiting. */
export async function emitted(shop: Shop, event: string): Promise<number> {
  await eventually(
    async () => !(await shop.query("SELECT 1 FROM staged_job")).length,
    "all events handed out"
  )
  return shop.store.log().split(`Processing ${event} `).length - 1
}
