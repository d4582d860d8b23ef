import jwt from "jsonwebtoken"
import { z } from "zod"
import type { Claim } from "./claim"
import { ALGORITHM, keyOf, seconds, timestamp } from "./claim-token"
import { idSchema } from "./claim-request"

/** The token of a mail that says that a claim was confirmed, with a valid signature. */
export interface RevertToken {
  claimId: string
  /** The confirm that it takes back: the second in which it happened. */
  confirmedAt: number
  expiresAt: Date
}

const payloadSchema = z
  .object({
    reverts_order_claim_id: idSchema,
    iat: timestamp,
    exp: timestamp,
  })
  .strict()

/** A claim that was confirmed. */
type Confirmed = Pick<Claim, "id" | "resolved_at">

/**
 * Signs the token that takes a confirm back. It is derived from the row, like that of the
 * link, and worthless for anything else: each kind has fields of its own.
 *
 * @param lifetimeMs - from the confirm on, in milliseconds
 * @throws if the claim was never confirmed
 */
export function signRevertToken(
  claim: Confirmed,
  lifetimeMs: number,
  secret: string
): string {
  const iat = seconds(confirmedAt(claim))
  const payload: z.infer<typeof payloadSchema> = {
    reverts_order_claim_id: claim.id,
    iat,
    exp: iat + Math.floor(lifetimeMs / 1000),
  }
  return jwt.sign(payload, keyOf(secret), { algorithm: ALGORITHM })
}

/**
 * Verifies the signature and reads a token; its expiry is checked with the claim.
 *
 * @returns `undefined` for anything but a token that takes a confirm back
 */
export function readRevertToken(
  token: unknown,
  secret: string
): RevertToken | undefined {
  if (typeof token !== "string") return undefined
  try {
    const options = {
      algorithms: [ALGORITHM as jwt.Algorithm],
      ignoreExpiration: true,
    }
    const payload = payloadSchema.parse(
      jwt.verify(token, keyOf(secret), options)
    )
    return {
      claimId: payload.reverts_order_claim_id,
      confirmedAt: payload.iat,
      expiresAt: new Date(payload.exp * 1000),
    }
  } catch {
    return undefined
  }
}

/** True if the claim is confirmed, and a token takes this very confirm back. */
export function isOfConfirm(
  token: RevertToken,
  claim: Confirmed & Pick<Claim, "status">
): boolean {
  return (
    claim.status === "confirmed" &&
    token.confirmedAt === seconds(confirmedAt(claim))
  )
}

/**
 * Returns the time of a confirm, from which its revert token counts.
 *
 * @throws if the claim was never confirmed
 */
export function confirmedAt({ id, resolved_at }: Confirmed): Date {
  if (!resolved_at) throw new Error(`${id} was never confirmed`)
  return resolved_at
}
