import { parseEmailAddress } from "../values/email-address"
import { createEmailWriter } from "../email/writer"
import { parseOptions } from "../options/settings"
import { addressEmail } from "../outbox/address-email"
import { createTransport } from "../transports"
import { explainFailure } from "../transports/explain-failure"
import type { Logger } from "../values/logger"
import { chosenLocale } from "./chosen-locale"
import { exampleStorefront } from "./example-storefront"
import { exampleRequest } from "./examples"
import { requireStoreConfig } from "./store-config"
import { emptyContainer } from "./without-store"

/** The options of the command `send-test`. */
export interface SendTestOptions {
  config: string
  to: string
  locale?: string
  /** The id of an order of the store, for the option `storefront`. */
  order?: string
  ownAddress?: boolean
}

/**
 * Sends an example of the mail with the link, through the store's own transport.
 *
 * @throws with the mail server's response, if it did not accept the mail
 */
export async function sendTest({
  config,
  to,
  locale,
  order,
  ownAddress = false,
}: SendTestOptions): Promise<void> {
  const address = parseEmailAddress(to)
  if (!address) {
    throw new Error(`--to ${to}: expected one address such as you@shop.example`)
  }
  const { options, projectConfig } = requireStoreConfig(config)
  const own = parseOptions(options)
  const wanted = locale === undefined ? undefined : chosenLocale(locale)
  const choose = await exampleStorefront(own, projectConfig, order)
  const settings = { ...own, ...(await choose("claim-request", wanted)) }
  const { texts, renderer } = createEmailWriter(settings.templates, console)
  const view = exampleRequest({
    settings,
    texts,
    locale: wanted ?? settings.locale,
    ownAddress,
  })
  const email = await renderer.render(view)
  const key = `test.${Date.now()}`

  const { container, wasAsked } = emptyContainer()
  let failure: unknown
  const onFailure = (error: unknown) => (failure = error)
  const transport = createTransport(
    settings,
    container,
    withoutStacks,
    onFailure
  )
  console.log(`Sending to ${address} …`)
  const { type, response } = await transport.send(
    addressEmail(email, address, key, settings)
  )
  transport.close()
  if (type === "accepted") return console.log(`Sent: ${response}`)
  if (wasAsked()) throw new Error(`not sent: ${NEEDS_STORE}`)
  throw new Error(`not sent: ${explainFailure(failure)}`)
}

const NEEDS_STORE =
  "the transport function needs the store, so it cannot be tried from here; ask for an order in the store instead"

/** A failure is one line, made of the outcome: a stack would only repeat it. */
const withoutStacks: Logger = {
  info: (message) => console.log(message),
  warn: (message) => console.error(message),
  error: () => undefined,
}
