import type { Request } from "express"

/** The part of core's services that is used; its index does not export their types. */
interface FeatureFlags {
  isFeatureEnabled(name: string): boolean
}
interface PublishableKeys {
  getResourceScopes(key: string): Promise<{ sales_channel_ids: string[] }>
}

/**
 * Loads the sales channels of the request's publishable API key. As in core's own
 * routes, no key and a key without sales channels restrict nothing.
 */
export async function salesChannelsOf({
  headers,
  scope,
}: Request): Promise<string[] | undefined> {
  const key = headers["x-publishable-api-key"]
  const flags = scope.resolve<FeatureFlags>("featureFlagRouter")
  const isOn = flags.isFeatureEnabled("publishable_api_keys")
  if (typeof key !== "string" || !isOn) return undefined

  const keys = scope.resolve<PublishableKeys>("publishableApiKeyService")
  const { sales_channel_ids } = await keys.getResourceScopes(key)
  return sales_channel_ids.length ? sales_channel_ids : undefined
}
