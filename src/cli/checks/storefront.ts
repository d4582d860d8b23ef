import { StorefrontError } from "../../options/ask-storefront"
import type { Settings } from "../../options/settings"
import type { Mailbox } from "../../values/mailbox"
import { exampleStorefront } from "../example-storefront"
import type { StoreConfig } from "../store-config"
import { Finding, oneLine } from "./finding"

const what = "storefront"

/**
 * Calls the option `storefront`, if it is set.
 *
 * @returns also the settings that it chooses, or those of the options
 */
export async function checkStorefront(
  settings: Settings,
  { projectConfig }: Pick<StoreConfig, "projectConfig">,
  orderId: string | undefined
): Promise<{ chosen: Settings; finding?: Finding }> {
  if (!settings.storefront && orderId === undefined) {
    return { chosen: settings }
  }
  try {
    const choose = await exampleStorefront(settings, projectConfig, orderId)
    const chosen = { ...settings, ...(await choose("claim-request")) }
    const detail = describe(chosen, orderId)
    return { chosen, finding: { type: "fine", what, detail } }
  } catch (error) {
    // It may know the shop's own sales channels only.
    const isUnknown =
      orderId === undefined &&
      error instanceof StorefrontError &&
      !error.isInvalid
    const type = isUnknown ? "skipped" : "wrong"
    const finding = { type, what, detail: oneLine(error) } as const
    return { chosen: settings, finding }
  }
}

function describe(
  { from, replyTo, brand, claimUrl, locale }: Settings,
  orderId = "an example order"
): string {
  return [
    `for ${orderId}: from ${show(from)}`,
    ...(replyTo ? [`replies to ${show(replyTo)}`] : []),
    `brand ${brand.name ?? "named after the store"}`,
    `page ${claimUrl}`,
    `language ${locale}`,
  ].join(", ")
}

const show = ({ name, address }: Mailbox) =>
  name ? `${name} <${address}>` : address
