import { cookies } from "next/headers"

const STORE = process.env.MEDUSA_URL ?? "http://localhost:9000"

// the name and the attributes of the official starter's cookie
const COOKIE = "_medusa_jwt"
const WEEK = 60 * 60 * 24 * 7

/** The store's reason for a no; `code` is the plugin's. */
export interface Refusal {
  code?: string
  message: string
}

type Answer<Body> =
  { body: Body; refusal?: undefined } | { body?: undefined; refusal: Refusal }

/** Sends a request from this server, with the bearer token of who is logged in. */
export async function callStore<Body>(
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: object
): Promise<Answer<Body>> {
  const token = (await cookies()).get(COOKIE)?.value
  const response = await fetch(`${STORE}/store/${path}`, {
    method,
    headers: {
      "content-type": "application/json",
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: body && JSON.stringify(body),
    cache: "no-store",
  })
  const text = await response.text()
  const isJson = response.headers.get("content-type")?.includes("json")
  const parsed: unknown = isJson ? JSON.parse(text) : { message: text }
  return response.ok ? { body: parsed as Body } : { refusal: parsed as Refusal }
}

/** Keeps a bearer token where no script of a page can read it. */
export async function keepLogin(token: string): Promise<void> {
  const jar = await cookies()
  jar.set(COOKIE, token, {
    maxAge: WEEK,
    httpOnly: true,
    sameSite: "strict",
    secure: process.env.NODE_ENV === "production",
  })
}

/** Forgets it. */
export async function dropLogin(): Promise<void> {
  const jar = await cookies()
  jar.delete(COOKIE)
}
