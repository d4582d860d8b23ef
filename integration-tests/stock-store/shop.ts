import type { Order } from "@medusajs/medusa"
import type Medusa from "@medusajs/medusa-js"

import { loginAdmin } from "./admin"
import { loginCustomer, registerCustomer } from "./customer"
import type { LoggedIn, Registration } from "./customer"
import { placeGuestOrder, type GuestOrder } from "./guest"
import { eventually } from "./eventually"
import { theHarness } from "./harness"
import { startMailServer, type MailServer } from "./mail-server"
import { insertCopies, readOrder } from "./copy-orders"
import { createDatabase, openQueries, type Queries } from "./postgres"
import { templateDatabase } from "./template-database"
import {
  startStore,
  withoutIdleCleanup,
  type Store,
  type StoreOptions,
} from "./store"

/** The options of a test's shop; each has a default. */
export type ShopOptions = Partial<Omit<StoreOptions, "databaseUrl">> & {
  /** A line to the database of the test's own, for the server alone. */
  databaseLine?: { urlThrough(url: string): string } | undefined
}

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
  /** Orders through the API, as a storefront does. */
  placeGuestOrder(order: GuestOrder): Promise<Order>
  /** A guest's order: the shop's first is placed, the others are copies of it. */
  guestOrder(email: string): Promise<Order>
  /**
   * Many guest orders, all of them copies.
   *
   * @param emailOf - the address of the n-th, from 0
   * @returns their ids, in that order
   */
  guestOrders(count: number, emailOf: (n: number) => string): Promise<string[]>
  registerCustomer(registration: Registration): Promise<LoggedIn>
  loginCustomer(registration: Registration): Promise<LoggedIn>
  loginAdmin(): Promise<Medusa>
  /** Stops all of it. */
  close(): Promise<void>
}

/** Opens a shop: a copy of the template database, its own mail and store. */
export async function newShop(options: ShopOptions = {}): Promise<Shop> {
  const mail = await startMailServer()
  const databaseUrl = await createDatabase(theHarness().postgresPort, {
    template: templateDatabase,
  })
  return openShop({ mail, databaseUrl, options })
}

/**
 * The shop of the specs that need nothing special: no limits, retries after a
 * second, the probe. Its data are those of a new shop; its server has served
 * other specs, and serves the next ones.
 */
export async function sharedShop(): Promise<Shop> {
  const { store, databaseUrl, mailPort, giveBack } = await borrowStore()
  const mail = await startMailServer(mailPort)
  const shop = await openShop({
    mail,
    databaseUrl,
    options: {},
    running: store,
    onClose: async () => {
      await eventually(() => isAtRest(shop), "the shared store to come to rest")
      await giveBack()
    },
  })
  const startAgain = () => Promise.reject(new Error("this store is shared"))
  return { ...shop, startAgain }
}

/** True once nothing is left that would reach the next spec's mail server. */
async function isAtRest(shop: Shop): Promise<boolean> {
  const busy = await shop.query(
    `SELECT 1 FROM order_claim
     WHERE leased_by IS NOT NULL OR status = 'requested'
       OR next_attempt_at < now() + interval '1 s'
     UNION ALL SELECT 1 FROM staged_job`
  )
  return busy.length === 0
}

interface Opening {
  mail: MailServer
  databaseUrl: string
  options: ShopOptions
  /** A server that runs already, and goes on. */
  running?: Store
  /** Called when the shop's own servers have stopped. */
  onClose?: () => Promise<void>
}

async function openShop({
  mail,
  databaseUrl,
  options,
  running,
  onClose,
}: Opening): Promise<Shop> {
  const servers: Store[] = []
  const start = async (changes: ShopOptions = {}) => {
    const { databaseLine, ...merged } = { ...options, ...changes }
    const server = await startStore({
      folder: theHarness().folder,
      nodeOptions: withoutIdleCleanup,
      databaseUrl: databaseLine?.urlThrough(databaseUrl) ?? databaseUrl,
      ...merged,
      env: { SMTP_URL: mail.url, ...options.env, ...changes.env },
    })
    servers.push(server)
    return server
  }
  const queries = openQueries(databaseUrl)
  const closeOwn = () => Promise.all([queries.end(), mail.stop()])
  const store =
    running ??
    (await start().catch(async (error: Error) => {
      await closeOwn()
      throw error
    }))
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
    ...guestOrders(url, queries),
    registerCustomer: (registration) => registerCustomer(url, registration),
    loginCustomer: (registration) => loginCustomer(url, registration),
    loginAdmin: () => loginAdmin(url),
    close: async () => {
      await Promise.all(servers.map((server) => server.stop()))
      await onClose?.()
      await closeOwn()
    },
  }
  return shop
}

/** Makes a shop's guest orders: one is placed, the others are copies of it. */
function guestOrders(
  url: string,
  queries: Queries
): Pick<Shop, "guestOrder" | "guestOrders"> {
  const place = async (email: string) => {
    const order = await placeGuestOrder(url, { email })
    return { order, model: await readOrder(queries, order.id) }
  }
  let placed: ReturnType<typeof place> | undefined
  const first = (email: string) => {
    placed = place(email)
    placed.catch(() => (placed = undefined))
    return placed
  }
  return {
    guestOrder: async (email) => {
      if (!placed) return (await first(email)).order

      const { order, model } = await placed
      const [copy] = await insertCopies(queries, model, [email])
      return { ...order, ...copy } as Order
    },
    guestOrders: async (count, emailOf) => {
      const { model } = await (placed ?? first("model@example.com"))
      const emails = Array.from({ length: count }, (_, n) => emailOf(n))
      const copies = await insertCopies(queries, model, emails)
      return copies.map(({ id }) => id)
    },
  }
}
