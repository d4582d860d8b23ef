import type { Order } from "@medusajs/medusa"

import {
  clientFor,
  createDatabase,
  eventually,
  type MailServer,
  placeOrder,
  query,
  type ReceivedMail,
  startMailServer,
  startStore,
  type Store,
  type StoreOptions,
} from "../stock-store"
import { loginStaff, type Person, registerCustomer } from "./people"

/** A running store, and who is in it. */
export interface Stage {
  store: Store
  mail: MailServer
  clara: Person
  staff: Person
  /** A guest orders. */
  order(email: string): Promise<Order>
  /** A guest has ordered, and Clara has asked: the mail is there and on record. */
  claimed(email: string): Promise<{ order: Order; letter: ReceivedMail }>
  /** Posts a token to the confirm route: the refusal's code, if it is refused. */
  refusal(token: string): Promise<string | undefined>
  post(
    path: string,
    body: object,
    headers?: Record<string, string>
  ): Promise<Response>
  query<Row extends object>(sql: string): Promise<Row[]>
  close(): Promise<void>
}

/** The parts that a release is started with. */
export type StageOptions = Pick<
  StoreOptions,
  "folder" | "bus" | "node" | "cli"
> & {
  postgresPort: number
  template: string
}

/** Starts a release on a copy of its database. */
export async function setStage({
  postgresPort,
  template,
  ...options
}: StageOptions): Promise<Stage> {
  const databaseUrl = await createDatabase(postgresPort, { template })
  const mail = await startMailServer()
  const store = await startStore({
    ...options,
    databaseUrl,
    pluginOptions: {
      limits: false,
      offer_after_registration: true,
      delivery: { first_retry: "1s" },
    },
    env: { SMTP_URL: mail.url },
  }).catch(async (error: Error) => {
    await mail.stop()
    throw error
  })
  const { url } = store
  const clara = await registerCustomer(url, "clara@example.com")

  const post = (
    path: string,
    body: object,
    headers: Record<string, string> = {}
  ) =>
    fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    })
  const order = (email: string) => placeOrder(clientFor(url), { email })
  const look = <Row extends object>(sql: string) => query<Row>(databaseUrl, sql)
  const sent = (email: string) =>
    eventually(async () => {
      const found = await look(
        `SELECT FROM order_claim WHERE email = '${email}' AND status = 'sent'`
      )
      return found.length > 0
    }, `the claim of ${email} to be sent`)
  return {
    store,
    mail,
    clara,
    staff: await loginStaff(url),
    order,
    claimed: async (email) => {
      const placed = await order(email)
      const ask = { order_ids: [placed.id] }
      await clara.medusa.orders.requestCustomerOrders(ask)
      const [letter] = await mail.waitForMails(1, { to: email })
      await sent(email)
      return { order: placed, letter: letter! }
    },
    refusal: async (token) => {
      const answer = await post("/store/orders/customer/confirm", { token })
      if (answer.ok) return undefined
      return ((await answer.json()) as { code: string }).code
    },
    post,
    query: look,
    close: async () => {
      await store.stop()
      await mail.stop()
    },
  }
}
