import { CLAIM_STATUSES } from "../src/claims/claim"

const ISO_DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const ID = /^([a-z]+_)[0-9A-Z]{10,}$/

/** Numbers that number or count what a shop happens to have. */
const NUMBERS = [
  ...["display_id", "count"],
  ...["queued", "limited", "left"],
  ...[...CLAIM_STATUSES, "failed_notices"],
]

/** Texts that a mail server words as it likes. */
const TEXTS = ["response"]

/**
 * Lists where an answer differs from its documentation: the same keys at every level,
 * the same types, the same values, but for what no two shops share.
 *
 * @returns one line per difference; none if it is as documented
 */
export function differences(
  documented: unknown,
  answered: unknown,
  at = "answer"
): string[] {
  if (Array.isArray(documented) && Array.isArray(answered)) {
    if (documented.length !== answered.length) {
      return [`${at}: ${answered.length} entries, not ${documented.length}`]
    }
    return documented.flatMap((entry, n) =>
      differences(entry, answered[n], `${at}.${n}`)
    )
  }
  if (isObject(documented) && isObject(answered)) {
    const keys = new Set([...Object.keys(documented), ...Object.keys(answered)])
    return [...keys].flatMap((key) => {
      const path = `${at}.${key}`
      if (!(key in answered)) return [`${path}: missing`]
      if (!(key in documented)) return [`${path}: not documented`]
      return differences(documented[key], answered[key], path)
    })
  }
  return isSameValue(documented, answered, at.split(".").pop()!)
    ? []
    : [`${at}: ${JSON.stringify(answered)}, not ${JSON.stringify(documented)}`]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function isSameValue(
  documented: unknown,
  answered: unknown,
  field: string
): boolean {
  if (documented === answered) return true
  if (NUMBERS.includes(field)) return areBoth("number", documented, answered)
  if (TEXTS.includes(field)) return areBoth("string", documented, answered)
  if (isDate(documented)) return isDate(answered) || answered === null
  if (documented === null) return isDate(answered)

  const prefix = prefixOf(documented)
  return !!prefix && prefix === prefixOf(answered)
}

const prefixOf = (value: unknown) =>
  typeof value === "string" ? ID.exec(value)?.[1] : undefined

const areBoth = (type: string, one: unknown, other: unknown) =>
  typeof one === type && typeof other === type

const isDate = (value: unknown) =>
  typeof value === "string" && ISO_DATE.test(value)
