import type { EntityManager } from "typeorm"
import type { Logger } from "../values/logger"

const FALLBACK_SECRET = "supersecret"
const MIN_SECRET_LENGTH = 32

/**
 * The secret that tokens are signed with. A weak one is reported loudly: with
 * it anyone can forge a claim.
 */
export function readJwtSecret(
  secret: string | undefined,
  logger: Logger
): string {
  const weakness = whyWeak(secret)
  if (weakness) {
    logger.error(
      `medusa-plugin-order-claim: SECURITY: projectConfig.jwt_secret ${weakness}. Anyone who guesses it can forge a claim and take over orders. Set it to at least ${MIN_SECRET_LENGTH} random characters (openssl rand -hex 32).`
    )
  }
  return secret ?? ""
}

/** The weakness of a secret, in words that follow its name; `undefined` if it has none. */
export function whyWeak(secret: string | undefined): string | undefined {
  if (!secret) return "is not set"
  if (secret === FALLBACK_SECRET) return "is Medusa's public default"
  if (secret.length >= MIN_SECRET_LENGTH) return undefined
  return `has only ${secret.length} characters`
}

/** @throws on the SQLite of older quickstarts: row locks, arrays and leases need PostgreSQL */
export function assertPostgres(manager: EntityManager): void {
  const { type } = manager.connection.options
  if (type === "postgres") return
  throw new Error(
    `medusa-plugin-order-claim: needs PostgreSQL, and this store runs on ${type}. Set projectConfig.database_type to "postgres" and database_url accordingly.`
  )
}
