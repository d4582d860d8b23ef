import {
  createDatabase,
  databaseUrl as urlOf,
  placeGuestOrder,
  query,
  registerCustomer,
  startStore,
  templateDatabase,
} from "../integration-tests/stock-store"
import { copyGuests, type Claimable } from "./guests"
import type { Letter } from "./letter"
import { probeOf, type Probe } from "./probe-client"
import { pluginIn, type Stage } from "./stage"

/** The mailer of a store's claims; the recipe gets the letter to send. */
export type Mailer =
  { type: "plugin" } | { type: "recipe"; letter: Letter } | { type: "nobody" }

/** A stock server under measurement, on a database of its own. */
export interface Server {
  url: string
  databaseUrl: string
  probe: Probe
  /** Makes guests without claims, with a domain of their own. */
  newGuests(count: number): Promise<{ domain: string; guests: Claimable[] }>
  /** Requests the orders through the store API, as their claimant does. */
  ask(orderIds: string[]): Promise<void>
  /** Hands the claims' events to the bus at once, without core's staging. */
  handOver(guests: Claimable[]): Promise<{ at: number }>
  stop(): Promise<void>
}

const from = "Hill & Valley <orders@shop.example>"
let domains = 0

/** Makes a domain to which this bench has sent no mail yet. */
export const newDomain = (): string => `shop-${++domains}.example`

/** Makes the settings of a store with this mailer. */
export function storeOptions(
  { folder, sink }: Stage,
  mailer: Mailer
): Omit<Parameters<typeof startStore>[0], "databaseUrl"> {
  const smtpUrl = `smtp://127.0.0.1:${sink.port}`
  const probe = { resolve: pluginIn(folder, "probe") }
  const env = { NODE_ENV: "production", SMTP_URL: smtpUrl }
  switch (mailer.type) {
    case "plugin":
      return {
        ...{ folder, env, extraPlugins: [probe] },
        pluginOptions: { limits: false },
      }
    case "recipe": {
      const options = { from, transport: smtpUrl, letter: mailer.letter }
      const recipe = { resolve: pluginIn(folder, "recipe"), options }
      return {
        ...{ folder, env, extraPlugins: [recipe, probe] },
        pluginOptions: false,
      }
    }
    case "nobody":
      return { folder, env, extraPlugins: [probe], pluginOptions: false }
  }
}

/** Starts a server with a fresh copy of the database. */
export async function startServer(
  stage: Stage,
  mailer: Mailer
): Promise<Server> {
  const databaseUrl = await createDatabase(stage.postgresPort, {
    template: templateDatabase,
  })
  const store = await startStore({
    databaseUrl,
    ...storeOptions(stage, mailer),
  })
  const { url } = store
  const order = await placeGuestOrder(url, { email: "greta@example.com" })
  const claimant = await registerCustomer(url, { email: "clara@example.com" })
  const probe = probeOf(url)

  return {
    url,
    databaseUrl,
    probe,
    newGuests: async (count) => {
      const domain = newDomain()
      const wanted = { orderId: order.id, count, domain }
      return { domain, guests: await copyGuests(databaseUrl, wanted) }
    },
    ask: async (orderIds) => {
      await claimant.medusa.orders.requestCustomerOrders({
        order_ids: orderIds,
      })
    },
    handOver: (guests) => probe.emit(claimant.customer.id, guests),
    stop: async () => {
      await store.kill()
      await dropDatabase(stage, databaseUrl)
    },
  }
}

/** Drops the database, or autovacuum would work on it while the next server is measured. */
export async function dropDatabase(
  { postgresPort }: Stage,
  url: string
): Promise<void> {
  const name = new URL(url).pathname.slice(1)
  await query(
    urlOf(postgresPort, "postgres"),
    `DROP DATABASE "${name}" WITH (FORCE)`
  )
}
