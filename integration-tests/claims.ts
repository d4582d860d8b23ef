import { join } from "path"
import type { Shop } from "./stock-store"

/** An entry for `extraPlugins`: lets a test reach into the running store. */
export const probe = { resolve: join(__dirname, "probe") }

/** What an API answered. */
export interface Answer {
  status: number
  body: { type?: string; code?: string; message?: string }
  text: string
  headers: Headers
}

/** A plain POST, as a storefront without a client sends it. */
export async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {}
): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  })
  const text = await response.text()
  return {
    status: response.status,
    body: parse(text),
    text,
    headers: response.headers,
  }
}

function parse(text: string): Answer["body"] {
  try {
    return JSON.parse(text) as Answer["body"]
  } catch {
    return {}
  }
}

/** The page behind the link: posts the token. */
export const confirm = (shop: Shop, token: unknown): Promise<Answer> =>
  post(`${shop.url}/store/orders/customer/confirm`, { token })

/** The row of a claim, as far as tests look at it. */
export interface ClaimRow {
  id: string
  customer_id: string
  email: string
  order_ids: string[]
  status: string
  token_generation: number
  attempts: number
  next_attempt_at: Date | null
  leased_by: string | null
  deliveries: { at: string; outcome: string; answer: string }[]
  last_error: string | null
}

/** All claims of a shop, the oldest first. */
export const claims = (shop: Shop): Promise<ClaimRow[]> =>
  shop.query<ClaimRow>("SELECT * FROM order_claim ORDER BY id")

/** Waits until something that another process writes is true. */
export async function eventually<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
  what: string,
  timeoutMs = 20_000
): Promise<T> {
  const end = Date.now() + timeoutMs
  for (;;) {
    const seen = await look()
    if (seen) return seen
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Waits until a claim has the status; there may be several. */
export const claimWithStatus = (
  shop: Shop,
  status: string
): Promise<ClaimRow> =>
  eventually(
    async () => (await claims(shop)).find((claim) => claim.status === status),
    `a claim that is ${status}`
  )
