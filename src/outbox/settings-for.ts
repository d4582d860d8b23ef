import { storefrontOrder, StorefrontOrderRow } from "../db/storefront-orders"
import type { AskStorefront } from "../options/ask-storefront"
import type { StorefrontAbout } from "../options/storefront"
import { EmailPlan, messageOf } from "./plan-email"
import type { WriteDependencies } from "./write-email"

/** The plan of an email that is to be written. */
type WrittenPlan = Extract<EmailPlan, { type: "request" | "notice" }>

type Settings = WriteDependencies["settings"]

/**
 * Chooses the settings of one email, by the option `storefront`.
 *
 * @throws {StorefrontError}
 */
export async function settingsFor(
  plan: WrittenPlan,
  orders: StorefrontOrderRow[],
  settings: Settings,
  storefront: AskStorefront
): Promise<Settings> {
  const chosen = await storefront(aboutEmail(plan, orders, settings))
  return { ...settings, ...chosen }
}

/** Describes an email to the option `storefront`. */
export function aboutEmail(
  { claim }: WrittenPlan,
  orders: StorefrontOrderRow[],
  { locale }: Pick<Settings, "locale">
): StorefrontAbout {
  const { id, customer_id, order_ids } = claim
  return {
    message: messageOf(claim),
    locale: claim.locale ?? locale,
    claim: { id, customer_id, order_ids: [...order_ids] },
    orders: orders.map(storefrontOrder),
  }
}

/** The ids of all orders that an email is about. */
export function ordersIn(plan: EmailPlan): string[] {
  return "orders" in plan ? plan.orders.map(({ id }) => id) : []
}
