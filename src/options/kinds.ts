/**
 * The kinds of value that options have. What a kind expects is its `describe`,
 * in words that follow "expected", and says the bounds that the check has.
 */
import { z } from "zod"
import type { Limit } from "../claims/limits"
import { parseLocale } from "../texts/locale"
import { parseEmailAddress } from "../values/email-address"
import { parseHttpUrl } from "../values/http-url"
import type { Mailbox } from "../values/mailbox"
import { isVisible } from "../values/visible"

const DAY_MS = 86_400_000
const UNITS = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: DAY_MS,
  // A year, for what is kept that long.
  y: 365 * DAY_MS,
}

/** `"15m"` → 900000; NaN if it is no duration. */
function milliseconds(duration: string): number {
  if (!/^[1-9]\d{0,5}[smhdy]$/.test(duration)) return NaN
  const unit = duration.slice(-1) as keyof typeof UNITS
  return parseInt(duration, 10) * UNITS[unit]
}

/** A whole number and a unit, from `min` to `max`; becomes milliseconds. */
export const duration = (min: string, max: string) =>
  z
    .string()
    .transform(milliseconds)
    .refine((ms) => ms >= milliseconds(min) && ms <= milliseconds(max))
    .describe(`a duration from "${min}" to "${max}"`)

const limitWindow = duration("1s", "30d")

/** `"5/1h"`: how often in how long. */
export const limit = () =>
  z
    .string()
    .transform((text, context): Limit => {
      const [, count, window] = /^([1-9]\d{0,6})\/(.+)$/.exec(text) ?? []
      const windowMs = limitWindow.safeParse(window)
      if (!count || !windowMs.success) return refuse(context)
      return { count: parseInt(count, 10), windowMs: windowMs.data }
    })
    .describe(
      `a limit such as "5/1h" (five in one hour), with ${limitWindow.description ?? ""}`
    )

const MAX_LIMITS = 5

/** One limit, or several that all apply; becomes a list. */
export const limitOrList = () => {
  const one = limit()
  return one
    .transform((single): Limit[] => [single])
    .or(z.array(one).min(1).max(MAX_LIMITS))
    .describe(
      `${one.description ?? ""}, or a list of 1 to ${MAX_LIMITS} of them`
    )
}

export const wholeNumber = (min: number, max: number) =>
  z
    .number()
    .int()
    .min(min)
    .max(max)
    .describe(`a whole number from ${min} to ${max}`)

export const flag = () => z.boolean().describe("true or false")

export const oneOf = <Name extends string>(...names: [Name, ...Name[]]) =>
  z.enum(names).describe(names.map((name) => `"${name}"`).join(" or "))

/** Text on one line, without control characters, and of which something can be seen. */
export const line = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^\P{C}*$/u)
    .refine(isVisible)
    .describe(`one line of text, up to ${max} characters`)

export const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine(isVisible)
    .describe(`text, up to ${max} characters`)

export const color = () =>
  z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .describe('a color such as "#1f6feb"')

export const webPage = () =>
  z
    .string()
    .refine((url) => parseHttpUrl(url))
    .describe("an http(s) URL")

export const emailAddress = () =>
  z
    .string()
    .refine((address) => parseEmailAddress(address))
    .describe('an address such as "help@shop.example"')

/** An address, with or without a name. */
export const mailbox = () =>
  z
    .string()
    .transform((text, context): Mailbox => {
      const named = /^\s*"?([^"<>\p{C}]*?)"?\s*<([^<>]+)>\s*$/u.exec(text)
      const address = parseEmailAddress(named ? named[2] : text.trim())
      return address ? { name: named?.[1] ?? "", address } : refuse(context)
    })
    .describe('an address such as "My Shop <orders@shop.example>"')

/** The mailbox that mails come from. */
export const sender = () =>
  mailbox().describe('a sender such as "My Shop <orders@shop.example>"')

/** A BCP 47 tag; becomes language and region. */
export const localeTag = () =>
  z
    .string()
    .transform((tag, context) => parseLocale(tag) ?? refuse(context))
    .describe('a tag such as "de" or "de-AT", of a supported language')

/** A function; its result is checked where it is called. */
export const functionOf = <Type>() =>
  z.custom<Type>((value) => typeof value === "function")

/** Options under one name. Each may be left out, and so may all of them. */
export const section = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .object(shape)
    .strict()
    .describe(`an object with ${inWords(Object.keys(shape))}, each optional`)

function inWords(names: string[]): string {
  return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1] ?? ""}`
}

/** Refuses a value inside a transform or a refinement. */
export function refuse(context: z.RefinementCtx): never {
  context.addIssue({ code: "custom" })
  return z.NEVER
}

const substitutes = new WeakMap<z.ZodTypeAny, string>()

/** Makes an option optional, with words for what applies without it. */
export function orElse<Type extends z.ZodTypeAny>(
  type: Type,
  substitute: string
): z.ZodOptional<Type> {
  const optional = type.optional()
  substitutes.set(optional, substitute)
  return optional
}

/** The words that were passed to {@link orElse}. */
export function substituteOf(type: z.ZodTypeAny): string | undefined {
  return substitutes.get(type)
}
