import { createSecretKey, KeyObject } from "crypto"
import jwt from "jsonwebtoken"
import { z } from "zod"
import { Claim, EVENT_TOKEN_GENERATION, MAX_ORDERS_PER_CLAIM } from "./claim"
import { ClaimRequest, hashToken, idSchema } from "./claim-request"

/** A token whose signature is valid. Its claim decides what it may do. */
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
  /** The request in the token, which does not name the recipient. */
  request: Omit<ClaimRequest, "email">
  /** Tokens count in whole seconds: this is the end of the second it was signed in. */
  issuedAt: Date
  expiresAt: Date
}

export const ALGORITHM = "HS256"
// Core verifies with this maxAge, whatever expiry the token has.
const EVENT_TOKEN_MAX_AGE_S = 15 * 60

/** Seconds since 1970, within the range of a Date. */
export const timestamp = z.number().int().min(0).max(8.64e12)

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
 * Signs the token of a claim's newest generation. The token is derived, never
 * stored: the same row gives the same bytes on every server.
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
 * Verifies the signature and reads a token. The expiry is checked later, together
 * with the claim: someone who confirmed yesterday should read "confirmed", not
 * "expired".
 *
 * @returns `undefined` for anything but the token of a claim
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

export function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}

const keys = new Map<string, KeyObject>()

/**
 * Makes the secret a key object, once: jsonwebtoken would try to read a string
 * as PEM on every call, which takes a millisecond.
 */
export function keyOf(secret: string): KeyObject {
  if (!secret) throw new Error("projectConfig.jwt_secret is not set")
  const key = keys.get(secret) ?? createSecretKey(Buffer.from(secret))
  keys.set(secret, key)
  return key
}
