import { inspect } from "util"

const EXPECTED = new Map(
  Object.entries({
    claim_url:
      "the http(s) URL of the storefront page that a claim link opens, or a function that gives it",
    "claim_url.local":
      "a URL that customers can open: in production a link to this machine is of no use",
    backend_url:
      "the http(s) URL at which customers reach this server, for links to its hosted page (or set MEDUSA_BACKEND_URL)",
    "backend_url.local":
      "the public URL of this server, for links to its hosted page, unless claim_url names a page of your storefront: in production a link to this machine is of no use",
    token_param:
      "a query parameter that claim_url does not use itself, other than action",
    from: 'a sender such as "My Shop <orders@shop.example>"',
    reply_to: 'an address such as "Support <help@shop.example>"',
    transport:
      'an SMTP URL such as "smtp://user:password@mail.example:587", an object of nodemailer options with a host, or a function that gives a nodemailer transport; it is required in production',
    brand:
      "an object with name, url, logo_url, color, support_email and address, each optional",
    "brand.name": "one line of text, up to 200 characters",
    "brand.url": "an http(s) URL",
    "brand.logo_url": "an http(s) URL",
    "brand.color": 'a colour such as "#1f6feb"',
    "brand.support_email": 'an address such as "help@shop.example"',
    "brand.address": "a postal address, up to 500 characters",
    locale: 'a language tag such as "de" or "de-AT", of a language there is',
    templates:
      "an object with texts, folder, claim-request and claim-confirmed, each optional",
    "templates.texts":
      'texts by locale and key, such as { de: { "request.button": "Ja" } }; the keys are those of dist/texts/locales/en.json',
    "templates.folder": "the path of a folder that is there",
    "templates.claim-request":
      "a function that gives { subject, html, text } for a view",
    "templates.claim-confirmed":
      "a function that gives { subject, html, text } for a view",
    link_ttl: 'a duration from "1m" to "7d"',
    limits:
      'false, or { per_recipient, per_customer } with limits such as "5/1h" (five in one hour)',
    delivery:
      "an object with concurrency, give_up_after, connection_timeout, send_timeout, first_retry, longest_retry and lease, each optional",
    "delivery.concurrency": "a whole number from 1 to 50",
    "delivery.give_up_after": 'a duration from "1s" to "7d"',
    "delivery.connection_timeout": 'a duration from "1s" to "30s"',
    "delivery.send_timeout": 'a duration from "1s" to "10s"',
    "delivery.first_retry": 'a duration from "1s" to "10m"',
    "delivery.longest_retry": 'a duration from "1s" to "60m"',
    "delivery.lease": 'a duration from "2s" to "20s"',
    guest_orders_only: "true or false",
    require_login: "true or false",
    "require_login.hosted":
      "false unless claim_url names a page of your storefront: the hosted page knows no login",
    notify_on_confirm: "true or false",
    resend_to: '"any" or "order_email"',
    enableUI: "true or false",
  })
)

// An SMTP URL or nodemailer's options may hold a password.
const SECRET = "transport"
const SHOWN = 100

/** Bad options. Stops the boot, so that a shop never runs on a guess. */
export class InvalidOptions extends Error {
  override name = "InvalidOptions"

  /** @param paths - the options that are off, as dotted paths into `given` */
  constructor(given: unknown, paths: string[]) {
    const lines = [...new Set(paths)].map(
      (path) => `  ${describeProblem(given, path)}`
    )
    super(
      `medusa-plugin-order-claim: check its options in medusa-config.js:\n${lines.join("\n")}`
    )
  }
}

function describeProblem(given: unknown, path: string): string {
  if (!path) return `options: expected an object; got ${typeName(given)}`

  const expected = EXPECTED.get(path)
  const option = path.replace(/\.(local|hosted)$/, "")
  if (!expected) return `${option}: there is no such option`

  const value = option.split(".").reduce(lookUp, given)
  const isSecret = option === SECRET && value !== undefined
  const shown = isSecret ? `${typeName(value)} (not shown)` : show(value)
  return `${option}: expected ${expected}; got ${shown}`
}

function lookUp(value: unknown, key: string): unknown {
  return (value as Record<string, unknown> | undefined)?.[key]
}

function show(value: unknown): string {
  if (value === undefined || typeof value === "function") return typeName(value)
  const text = print(value)
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}

function print(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    return inspect(value, { depth: 1, breakLength: Infinity })
  }
}

function typeName(value: unknown): string {
  if (value === undefined) return "nothing"
  if (value === null) return "null"
  const type = Array.isArray(value) ? "array" : typeof value
  return `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`
}
