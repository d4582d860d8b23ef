import { statSync } from "fs"
import { z } from "zod"
import type { LinkedClaim, LinkTarget } from "../claims/claim-link"
import { isLocalUrl, parseHttpUrl } from "../values/http-url"
import { parseEmailAddress } from "../values/email-address"
import type { Mailbox } from "../values/mailbox"
import { parseLocale } from "../texts/locale"
import type { TemplateFunction } from "../email/renderer"
import { baseKey, textKeys } from "../texts/texts"
import type { Limit } from "../claims/limits"

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const UNITS = { s: 1000, m: MINUTE, h: 60 * MINUTE, d: DAY }

/** `"15m"` → milliseconds. */
const duration = (min: number, max: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,5}[smhd]$/)
    .transform((text) => {
      const unit = text.slice(-1) as keyof typeof UNITS
      return parseInt(text, 10) * UNITS[unit]
    })
    .refine((ms) => ms >= min && ms <= max)

const limit = z.string().transform((text, context): Limit => {
  const [, count, window] = /^([1-9]\d{0,6})\/(.+)$/.exec(text) ?? []
  const windowMs = duration(1000, 30 * DAY).safeParse(window)
  if (!count || !windowMs.success) return refuse(context)
  return { count: parseInt(count, 10), windowMs: windowMs.data }
})

const mailbox = z.string().transform((text, context): Mailbox => {
  const named = /^\s*"?([^"<>\p{C}]*?)"?\s*<([^<>]+)>\s*$/u.exec(text)
  const address = parseEmailAddress(named ? named[2] : text.trim())
  return address ? { name: named?.[1] ?? "", address } : refuse(context)
})

function refuse(context: z.RefinementCtx): never {
  context.addIssue({ code: "custom" })
  return z.NEVER
}

const line = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{C}*$/u)
const webPage = z.string().refine((url) => parseHttpUrl(url))
const functionOf = <Argument, Result>() =>
  z.custom<(argument: Argument) => Result>(
    (value) => typeof value === "function"
  )

const templateFunction = z.custom<TemplateFunction>(
  (value) => typeof value === "function"
)

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** An unset environment variable must not become mail to localhost. */
function namesAServer(options: Record<string, unknown>): boolean {
  const ways = ["host", "service", "url", "send", "sendmail", "SES"]
  const forTests = ["streamTransport", "jsonTransport"]
  return [...ways, ...forTests].some((way) => options[way])
}

/** `{ de: { "request.button": "Ja" } }`, with keys there are. */
const texts = z
  .record(z.record(z.string().max(2000)))
  .superRefine((byLocale, context) => {
    const keys = textKeys()
    for (const [locale, own] of Object.entries(byLocale)) {
      if (parseLocale(locale) !== locale) refuse(context)
      for (const key of Object.keys(own)) {
        if (!keys.has(baseKey(key))) refuse(context)
      }
    }
  })

const templates = z
  .object({
    texts: texts.default({}),
    folder: z.string().refine(isFolder).optional(),
    "claim-request": templateFunction.optional(),
    "claim-confirmed": templateFunction.optional(),
  })
  .strict()
  .default({})

/** Every option with its check and its default; types and docs: `options.ts`. */
export const optionsSchema = z
  .object({
    claim_url: z.union([webPage, functionOf<LinkedClaim, string>()]).optional(),
    backend_url: webPage.optional(),
    token_param: z
      .string()
      .regex(/^(?!(action|__proto__)$)[\w.-]{1,64}$/)
      .default("token"),
    from: mailbox,
    reply_to: mailbox.optional(),
    transport: z
      .union([
        z.string().regex(/^smtps?:\/\/[^/\s]\S*$/),
        z.record(z.unknown()).refine(namesAServer),
        functionOf<object, unknown>(),
      ])
      .optional(),
    brand: z
      .object({
        name: line.optional(),
        url: webPage.optional(),
        logo_url: webPage.optional(),
        color: z
          .string()
          .regex(/^#[0-9a-f]{6}$/i)
          .default("#111827"),
        support_email: z
          .string()
          .refine((text) => parseEmailAddress(text))
          .optional(),
        address: z.string().min(1).max(500).optional(),
      })
      .strict()
      .default({}),
    locale: z
      .string()
      .transform((tag, context) => parseLocale(tag) ?? refuse(context))
      .default("en"),
    templates,
    link_ttl: duration(MINUTE, 7 * DAY).default("15m"),
    limits: z
      .object({
        per_recipient: limit.default("5/1h"),
        per_customer: limit.default("20/1h"),
      })
      .strict()
      .or(z.literal(false))
      .default({}),
    delivery: z
      .object({
        concurrency: z.number().int().min(1).max(50).default(5),
        give_up_after: duration(1000, 7 * DAY).default("24h"),
        connection_timeout: duration(1000, 30_000).default("5s"),
        send_timeout: duration(1000, 10_000).default("10s"),
        first_retry: duration(1000, 10 * MINUTE).default("2s"),
        longest_retry: duration(1000, 60 * MINUTE).default("3m"),
        lease: duration(2000, 20_000).default("15s"),
      })
      .strict()
      .default({}),
    guest_orders_only: z.boolean().default(true),
    require_login: z.boolean().default(false),
    notify_on_confirm: z.boolean().default(true),
    resend_to: z.enum(["any", "order_email"]).default("any"),
    enableUI: z.boolean().default(false),
  })
  .strict()

/** The options with their defaults, still in a shop's own names. */
export type CheckedOptions = z.infer<typeof optionsSchema>

/** What the environment adds to the options. */
export interface Environment {
  NODE_ENV?: string | undefined
  MEDUSA_BACKEND_URL?: string | undefined
}

/** The options that do not fit each other or the environment, by their path. */
export function conflicts(
  options: CheckedOptions,
  settings: LinkTarget & { hostsPage: boolean },
  env: Environment
): string[] {
  const { claimUrl, hostsPage, tokenParam } = settings
  const isProduction = env.NODE_ENV === "production"
  const url = parseHttpUrl(claimUrl)
  const paths: string[] = []
  if (hostsPage && !url) paths.push("backend_url")
  if (hostsPage && options.require_login) paths.push("require_login.hosted")
  if (url?.searchParams.has(tokenParam)) paths.push("token_param")
  if (isProduction && url && isLocalUrl(url)) {
    paths.push(hostsPage ? "backend_url.local" : "claim_url.local")
  }
  if (isProduction && !options.transport) paths.push("transport")
  return paths
}
