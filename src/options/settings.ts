import type { LinkTarget } from "../claims/claim-link"
import { parseHttpUrl } from "../values/http-url"
import type { Limits } from "../claims/limits"
import type { OrderClaimOptions } from "./options"
import type { TransportLimits } from "../transports/transport"
import type { Mailbox } from "../values/mailbox"
import { conflicts, Environment } from "./conflicts"
import { InvalidOptions, problemsOf } from "./problems"
import type { Storefront } from "./storefront"
import { CheckedOptions, DEFAULT_BACKEND, optionsSchema } from "./schema"

/** The options, checked and with their defaults: what the code works with. */
export interface Settings extends LinkTarget {
  /** True if links open the hosted page. */
  hostsPage: boolean
  from: Mailbox
  replyTo: Mailbox | undefined
  transport: OrderClaimOptions["transport"]
  brand: CheckedOptions["brand"]
  locale: string
  storefront: Storefront | undefined
  templates: CheckedOptions["templates"]
  linkTtlMs: number
  revertTtlMs: number | false
  limits: Limits | false
  delivery: DeliverySettings
  offerAfterRegistration: boolean
  guestOrdersOnly: boolean
  requireLogin: boolean
  notifyOnConfirm: boolean
  /** The time for which claims that are over are kept. */
  retentionMs: number | false
  resendTo: "any" | "order_email"
}

/** The settings for emptying the outbox. */
export interface DeliverySettings extends TransportLimits {
  giveUpAfterMs: number
  firstRetryMs: number
  longestRetryMs: number
  leaseMs: number
}

/**
 * Checks the options of a shop.
 *
 * @param options - those of `medusa-config.js`
 * @param env - production asks for more
 * @throws {InvalidOptions} naming each bad option, what was given and what is expected
 */
export function parseOptions(
  options: unknown = {},
  env: Environment = process.env
): Settings {
  const parsed = optionsSchema.safeParse(options)
  if (!parsed.success) {
    throw new InvalidOptions(options, problemsOf(parsed.error))
  }
  const settings = toSettings(parsed.data, env)
  const problems = conflicts(parsed.data, settings, env)
  if (problems.length) throw new InvalidOptions(options, problems)
  return settings
}

/** The URL of the hosted page. An invalid one stays as it is, to be refused. */
function hostedPage({ backend_url }: CheckedOptions, env: Environment): string {
  const backend = backend_url || env.MEDUSA_BACKEND_URL || DEFAULT_BACKEND
  const url = parseHttpUrl(backend)
  if (!url) return backend
  url.pathname = url.pathname.replace(/\/*$/, "/order-claim")
  return url.href
}

function toSettings(options: CheckedOptions, env: Environment): Settings {
  const { limits, delivery } = options
  return {
    claimUrl: options.claim_url ?? hostedPage(options, env),
    hostsPage: options.claim_url === undefined,
    tokenParam: options.token_param,
    from: options.from,
    replyTo: options.reply_to,
    transport: options.transport,
    brand: options.brand,
    locale: options.locale,
    storefront: options.storefront,
    templates: options.templates,
    linkTtlMs: options.link_ttl,
    revertTtlMs: options.revert_ttl,
    limits: limits && {
      perRecipient: limits.per_recipient,
      perCustomer: limits.per_customer,
    },
    delivery: {
      concurrency: delivery.concurrency,
      rateLimit: delivery.rate_limit,
      giveUpAfterMs: delivery.give_up_after,
      connectionTimeoutMs: delivery.connection_timeout,
      sendTimeoutMs: delivery.send_timeout,
      firstRetryMs: delivery.first_retry,
      longestRetryMs: delivery.longest_retry,
      leaseMs: delivery.lease,
    },
    offerAfterRegistration: options.offer_after_registration,
    guestOrdersOnly: options.guest_orders_only,
    requireLogin: options.require_login,
    notifyOnConfirm: options.notify_on_confirm,
    retentionMs: options.retention,
    resendTo: options.resend_to,
  }
}
