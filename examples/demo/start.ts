import type { Order } from "@medusajs/medusa"

import {
  buildTemplateDatabase,
  databaseUrl,
  declineUsageData,
  installDashboardStore,
  packPlugin,
  placeGuestOrder,
  registerCustomer,
  startMailCatcher,
  startPostgres,
  startStore,
  startStorefront,
  templateDatabase,
  timed,
  type LoggedIn,
  type MailCatcher,
  type Store,
} from "../../integration-tests/stock-store"
import { portFor } from "./ports"

/** The people in the demo. */
export const people = {
  guest: "greta@example.com",
  customer: "clara@example.com",
  password: "supersecret",
}

/** The brand in the demo's emails. Mail programs show no SVG, so its logo is a PNG. */
export const brandOf = (storefrontUrl: string) => ({
  name: "Hill & Valley",
  url: storefrontUrl,
  logo_url: `${storefrontUrl}/logo.png`,
  color: "#1f6f4a",
  support_email: "help@hill-and-valley.example",
  address: "Hill & Valley, 1 Long Lane, Valley",
})

/** A running demo. */
export interface Demo {
  store: Store
  storefrontUrl: string
  mail: MailCatcher
  /** The guest's order. */
  order: Order
  /** An order that the customer made as a guest. */
  ownOrder: Order
  /** The customer who may claim it, logged in. */
  customer: LoggedIn
}

/**
 * Starts everything.
 *
 * @param onStop - gets a function that stops a part, as soon as that part runs
 */
export async function startDemo(
  onStop: (stop: () => Promise<unknown>) => void
): Promise<Demo> {
  const folder = await installDashboardStore(await packPlugin())
  const postgres = await timed("Starting PostgreSQL", () => startPostgres())
  onStop(() => postgres.stop())
  await buildTemplateDatabase(folder, postgres.port)

  const mail = await startMailCatcher({
    smtpPort: await portFor("mail catcher's SMTP server", 1025),
    webPort: await portFor("mail catcher", 1080),
  })
  onStop(() => mail.stop())

  const storefrontPort = await portFor("storefront", 8000)
  const storefrontUrl = `http://localhost:${storefrontPort}`
  const port = await portFor("store", 9000)
  const store = await timed("Starting the store", () =>
    startStore({
      folder,
      port,
      databaseUrl: databaseUrl(postgres.port, templateDatabase),
      pluginOptions: { brand: brandOf(storefrontUrl) },
      env: {
        STORE_CORS: storefrontUrl,
        CLAIM_URL: `${storefrontUrl}/claim`,
        SMTP_URL: mail.smtpUrl,
      },
    })
  )
  onStop(() => store.stop())
  await declineUsageData(store.url)

  const order = await placeGuestOrder(store.url, { email: people.guest })
  const ownOrder = await placeGuestOrder(store.url, { email: people.customer })
  const customer = await registerCustomer(store.url, {
    email: people.customer,
    password: people.password,
  })
  const storefront = await startStorefront({
    storeUrl: store.url,
    port: storefrontPort,
  })
  onStop(() => storefront.stop())
  return { store, storefrontUrl, mail, order, ownOrder, customer }
}
