import { MedusaError } from "medusa-core-utils"
import { z } from "zod"
import { CLAIM_STATUSES } from "../claims/claim"
import { idSchema } from "../claims/claim-request"
import { parseEmailAddress } from "../values/email-address"

const MAX_LIMIT = 100

/** The skipped claims are read, too: they must not be a million claims. */
const MAX_OFFSET = 10_000

/** A whole number in a query. */
const number = (max: number, hint = "") => {
  const expected = `Expected a whole number from 0 to ${max}${hint}`
  return z
    .string()
    .regex(/^\d{1,9}$/, expected)
    .transform(Number)
    .refine((n) => n <= max, expected)
}

const pagination = {
  limit: number(MAX_LIMIT).default("20"),
  offset: number(
    MAX_OFFSET,
    ". To go on from there, give the id of the last claim as `before`"
  ).default("0"),
  before: idSchema.optional(),
}

const status = z.enum(CLAIM_STATUSES)

/** The largest number of an order: PostgreSQL's integer. */
const MAX_DISPLAY_ID = 2 ** 31 - 1

/** `{ email?, display_id? }`: the address, and the number of one order. */
export const askBody = z
  .object({
    email: z
      .string()
      .trim()
      .refine(parseEmailAddress, "Expected one plain email address")
      .optional(),
    display_id: z
      .number({ invalid_type_error: "Expected the number of an order" })
      .int("Expected the number of an order")
      .min(1, "Expected the number of an order")
      .max(MAX_DISPLAY_ID, "Expected the number of an order")
      .optional(),
  })
  .strict()

/** `{ token }` and nothing else. The token itself is read later. */
export const tokenBody = z.object({ token: z.unknown() }).strict()

/** `?limit=&offset=&before=` */
export const paginationQuery = z.object(pagination).strict()

/**
 * `?order_id=&customer_id=&status=&limit=&offset=&before=`; several statuses as
 * `status[]=`.
 */
export const adminListQuery = z
  .object({
    order_id: idSchema.optional(),
    customer_id: idSchema.optional(),
    status: z.preprocess((given) => [given].flat(), z.array(status)).optional(),
    ...pagination,
  })
  .strict()

/** Reads the id in a path; one that cannot exist becomes `unknown`. */
export function idIn(params: Record<string, string>): string {
  return idSchema.safeParse(params.id).data ?? "unknown"
}

/**
 * Parses the input of a client.
 *
 * @throws {MedusaError} `invalid_data`, naming each invalid field
 */
export function parseInput<Schema extends z.ZodTypeAny>(
  schema: Schema,
  given: unknown
): z.output<Schema> {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data as z.output<Schema>

  const problems = parsed.error.issues.map(({ path, message }) =>
    [path.join("."), message].filter(Boolean).join(": ")
  )
  throw new MedusaError(
    MedusaError.Types.INVALID_DATA,
    problems.slice(0, 5).join("; ").slice(0, 500)
  )
}
