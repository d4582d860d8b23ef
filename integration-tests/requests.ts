import { adminLogin, type Shop } from "./stock-store"

/** A claim, as the lists show it. */
export interface ListedClaim {
  id: string
  status: string
  email: string
  order_ids: string[]
  customer_id?: string
  created_at?: string
  expires_at?: string
}

/** An answer of an API. */
export interface Answer {
  status: number
  body: {
    type?: string
    code?: string
    message?: string
    order_claim?: Partial<ListedClaim>
    order_claims?: ListedClaim[]
    count?: number
    access_token?: string
  }
  text: string
  headers: Headers
}

type SentHeaders = Record<string, string>

/** A plain request, as a storefront without a client sends it. */
export async function request(
  method: string,
  url: string,
  headers: SentHeaders = {},
  body?: string
): Promise<Answer> {
  const response = await fetch(url, { method, headers, body })
  const text = await response.text()
  return {
    status: response.status,
    body: parse(text),
    text,
    headers: response.headers,
  }
}

/** A plain POST; a string is sent as it is. */
export const post = (
  url: string,
  body: unknown,
  headers: SentHeaders = {}
): Promise<Answer> =>
  request(
    "POST",
    url,
    { "content-type": "application/json", ...headers },
    typeof body === "string" ? body : JSON.stringify(body)
  )

function parse(text: string): Answer["body"] {
  try {
    return JSON.parse(text) as Answer["body"]
  } catch {
    return {}
  }
}

/** The header of whoever logs in without a cookie. */
export const bearer = (token: string): SentHeaders => ({
  authorization: `Bearer ${token}`,
})

/** A bearer token of the shop's staff. */
export async function loginStaff(shop: Pick<Shop, "url">): Promise<string> {
  const { body } = await post(`${shop.url}/admin/auth/token`, adminLogin)
  return body.access_token!
}
