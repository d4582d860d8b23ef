import { createEmailWriter } from "../../email/writer"
import { storefrontOf } from "../../options/ask-storefront"
import type { Settings } from "../../options/settings"
import { silentLogger } from "../../values/__tests__/loggers"
import type { ComposeDependencies } from "../compose"

/** The parts that compose emails, in a shop with these settings. */
export function composingWith(
  settings: Settings,
  jwtSecret: string,
  logger = silentLogger
): ComposeDependencies {
  return {
    ...createEmailWriter(settings.templates, logger),
    settings,
    rules: settings,
    jwtSecret,
    logger,
    storefront: storefrontOf(settings, {}),
  }
}
