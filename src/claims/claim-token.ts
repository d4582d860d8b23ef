import { createSecretKey, KeyObject } from "crypto"
import jwt from "jsonwebtoken"
import { z } from "zod"
import { Claim, EVENT_TOKEN_GENERATION, MAX_ORDERS_PER_CLAIM } from "./claim"
import { ClaimRequest, hashToken, idSchema } from "./claim-request"

/** A token that was signed with the store's secret, still to be judged by its claim. */
export type PresentedToken = LinkToken | EventToken

/** The token of a mailed link. */
export interface LinkToken {
  type: "link"
  claimId: string
  generation: number
}

/** Core's own token, as the event carries it. */
export interface EventToken {
  type: "event"
  generation: typeof EVENT_TOKEN_GENERATION
  event_token_hash: string
  /** What it asks for; the recipient is not in it. */
  request: Omit<ClaimRequest, "email">
  /** Tokens count in whole seconds: this is the end of the one it was signed in. */
  issuedAt: Date
  expiresAt: Date
}

const ALGORITHM = "HS256"
// Core verifies with this maxAge whatever the token itself says.
const EVENT_TOKEN_MAX_AGE_S = 15 * 60

/** Seconds since 1970, within what a Date can hold. */
const timestamp = z.number().int().min(0).max(8.64e12)

const linkPayload = z
  .object({
    order_claim_id: idSchema,
    generation: z.number().int().positive(),
    iat: timestamp,
    exp: timestamp,
  })
  .strict()

const eventPayload = z
  .object({
    claimingCustomerId: idSchema,
    orders: z.array(idSchema).min(1).max(MAX_ORDERS_PER_CLAIM),
    iat: timestamp,
    exp: timestamp,
  })
  .strict()

/**
 * The token of a claim's newest generation. Derived, never stored: the same
 * row gives the same bytes on every server.
 */
export function signClaimToken(
  claim: Pick<
    Claim,
    "id" | "token_generation" | "token_issued_at" | "expires_at"
  >,
  secret: string
): string {
  const payload: z.infer<typeof linkPayload> = {
    order_claim_id: claim.id,
    generation: claim.token_generation,
    iat: seconds(claim.token_issued_at),
    exp: seconds(claim.expires_at),
  }
  return jwt.sign(payload, keyOf(secret), { algorithm: ALGORITHM })
}

/**
 * Verifies the signature and reads a token. Its expiry is judged later, with
 * its claim at hand: someone who confirmed yesterday should read "confirmed",
 * not "expired".
 *
 * @returns `undefined` for whatever is not a token of a claim
 */
export function readToken(
  token: unknown,
  secret: string
): PresentedToken | undefined {
  if (typeof token !== "string") return undefined

  let payload: unknown
  try {
    payload = jwt.verify(token, keyOf(secret), {
      algorithms: [ALGORITHM],
      ignoreExpiration: true,
    })
  } catch {
    return undefined
  }
  return readLinkPayload(payload) ?? readEventPayload(payload, token)
}

function readLinkPayload(payload: unknown): LinkToken | undefined {
  const { data } = linkPayload.safeParse(payload)
  return (
    data && {
      type: "link",
      claimId: data.order_claim_id,
      generation: data.generation,
    }
  )
}

function readEventPayload(
  payload: unknown,
  token: string
): EventToken | undefined {
  const { data } = eventPayload.safeParse(payload)
  if (!data) return undefined

  const event_token_hash = hashToken(token)
  const expiry = Math.min(data.exp, data.iat + EVENT_TOKEN_MAX_AGE_S)
  return {
    type: "event",
    generation: EVENT_TOKEN_GENERATION,
    event_token_hash,
    request: {
      customer_id: data.claimingCustomerId,
      order_ids: [...new Set(data.orders)],
      event_token_hash,
    },
    issuedAt: new Date((data.iat + 1) * 1000),
    expiresAt: new Date(expiry * 1000),
  }
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}

const keys = new Map<string, KeyObject>()

/**
 * jsonwebtoken tries to read a string as a PEM file first, on every call: a
 * millisecond each. A process has one secret, so it is kept as a key.
 */
function keyOf(secret: string): KeyObject {
  if (!secret) throw new Error("projectConfig.jwt_secret is not set")
  const key = keys.get(secret) ?? createSecretKey(Buffer.from(secret))
  keys.set(secret, key)
  return key
}
