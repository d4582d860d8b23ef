import { MedusaError } from "medusa-core-utils"
import { z } from "zod"
import { CLAIM_STATUSES, MAX_ORDERS_PER_CLAIM } from "../claims/claim"
import { idSchema } from "../claims/claim-request"
import { MAX_DISPLAY_ID, parseClaimSearch } from "../claims/claim-search"
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

const DATE =
  "Expected a time with its zone, such as 2026-11-21T14:17:00.000Z, or a date in UTC, such as 2026-11-21"

const TIME =
  /^(\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?|\d{1,10})$/i

/**
 * A time in ISO 8601, with its zone: that of the server is none of the client's business.
 * Or a date in UTC, or seconds since 1970, as core takes it, too.
 */
const date = z
  .string()
  .regex(TIME, DATE)
  .transform((given) =>
    /^\d+$/.test(given) ? new Date(Number(given) * 1000) : new Date(given)
  )
  .refine((at) => !Number.isNaN(at.getTime()), DATE)

/** The bounds of a time, as core's lists have them: `created_at[gte]=`. */
const time = z
  .object({
    gt: date.optional(),
    gte: date.optional(),
    lt: date.optional(),
    lte: date.optional(),
  })
  .strict()

/** An address, its beginning, or an order's number. */
const search = z
  .string()
  .trim()
  .min(1)
  .max(320)
  .regex(/^[^\0\p{Cs}]*$/u, "Expected an address or an order's number")
  .transform(parseClaimSearch)

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

/** `{ customer_id, order_ids }`: a customer, and the orders to ask for on their behalf. */
export const staffAskBody = z
  .object({
    customer_id: idSchema,
    order_ids: z.array(idSchema).min(1).max(MAX_ORDERS_PER_CLAIM),
  })
  .strict()

/** `{ to? }`: an address other than the claim's; the service judges it. */
export const resendBody = z
  .object({ to: z.string().max(320).optional() })
  .strict()

/** `{ failed_at: { gt?, gte?, lt?, lte? } }`, with one bound at least. */
export const retryBody = z
  .object({
    failed_at: time.refine(
      (bounds) => Object.keys(bounds).length > 0,
      "Expected gt, gte, lt or lte"
    ),
  })
  .strict()

/** `{}`: for what is done to one claim, by its id in the path. */
export const noBody = z.object({}).strict()

/** `{ token }` and nothing else. The token itself is read later. */
export const tokenBody = z.object({ token: z.unknown() }).strict()

/** `?limit=&offset=&before=` */
export const paginationQuery = z.object(pagination).strict()

/**
 * `?q=&order_id=&customer_id=&status=&created_at[gte]=&failed_notices=true&counts=true`,
 * and a page; several statuses as `status[]=`.
 */
export const adminListQuery = z
  .object({
    order_id: idSchema.optional(),
    customer_id: idSchema.optional(),
    status: z.preprocess((given) => [given].flat(), z.array(status)).optional(),
    q: search.optional(),
    created_at: time.optional(),
    failed_notices: z
      .literal("true", { errorMap: () => ({ message: "Expected true" }) })
      .transform(() => true as const)
      .optional(),
    counts: z
      .enum(["true", "false"])
      .transform((given) => given === "true")
      .optional(),
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
