import type { Order } from "@medusajs/medusa"
import type Medusa from "@medusajs/medusa-js"

import { loginAdmin } from "./admin"
import { loginCustomer, registerCustomer } from "./customer"
import type { LoggedIn, Registration } from "./customer"
import { placeGuestOrder, type GuestOrder } from "./guest"
import { theHarness } from "./harness"
import { startMailServer, type MailServer } from "./mail-server"
import { createDatabase, openQueries } from "./postgres"
import { templateDatabase } from "./template-database"
import { startStore, type Store, type StoreOptions } from "./store"

/** How a test wants its shop; everything has a default. */
export type ShopOptions = Partial<Omit<StoreOptions, "databaseUrl">>

/** A stock shop of a test's own: database, mail server, store. */
export interface Shop {
  url: string
  databaseUrl: string
  mail: MailServer
  /** The server that runs now. */
  store: Store
  /** Stops nothing: one more server on the same database. */
  addServer(options?: ShopOptions): Promise<Store>
  /** The shop's server again on its port, after it was stopped or killed. */
  startAgain(options?: ShopOptions): Promise<Store>
  query<Row extends object>(sql: string, parameters?: unknown[]): Promise<Row[]>
  placeGuestOrder(order: GuestOrder): Promise<Order>
  registerCustomer(registration: Registration): Promise<LoggedIn>
  loginCustomer(registration: Registration): Promise<LoggedIn>
  loginAdmin(): Promise<Medusa>
  /** Stops all of it. */
  close(): Promise<void>
}

/** Opens a shop: a copy of the template database, its own mail and store. */
export async function newShop(options: ShopOptions = {}): Promise<Shop> {
  const harness = theHarness()
  const servers: Store[] = []
  const mail = await startMailServer()
  const databaseUrl = await createDatabase(harness.postgresPort, {
    template: templateDatabase,
  })

  const start = async (changes: ShopOptions = {}) => {
    const merged = { ...options, ...changes }
    const server = await startStore({
      folder: harness.folder,
      databaseUrl,
      ...merged,
      env: { SMTP_URL: mail.url, ...options.env, ...changes.env },
    })
    servers.push(server)
    return server
  }
  const queries = openQueries(databaseUrl)
  const closeOwn = () => Promise.all([queries.end(), mail.stop()])
  const store = await start().catch(async (error: Error) => {
    await closeOwn()
    throw error
  })
  const { url } = store

  const shop: Shop = {
    url,
    databaseUrl,
    mail,
    store,
    addServer: (changes) => start(changes),
    startAgain: async (changes) => {
      shop.store = await start({ port: Number(new URL(url).port), ...changes })
      return shop.store
    },
    query: (sql, parameters) => queries.query(sql, parameters),
    placeGuestOrder: (order) => placeGuestOrder(url, order),
    registerCustomer: (registration) => registerCustomer(url, registration),
    loginCustomer: (registration) => loginCustomer(url, registration),
    loginAdmin: () => loginAdmin(url),
    close: async () => {
      await Promise.all(servers.map((server) => server.stop()))
      await closeOwn()
    },
  }
  return shop
}
