import { freePort } from "./free-port"
import { theHarness } from "./harness"
import { createDatabase } from "./postgres"
import { rememberData } from "./pristine"
import { startStore, withoutIdleCleanup, type Store } from "./store"
import { templateDatabase } from "./template-database"
import { probe } from "../probe"

/** A running store that goes from spec to spec. */
export interface LentStore {
  store: Store
  databaseUrl: string
  /** The port at which the store expects its mail server. */
  mailPort: number
  /** Puts the database back as it was. What is not given back is not lent again. */
  giveBack: () => Promise<void>
}

let waiting: LentStore | undefined

/**
 * The store of this worker. Jest gives each spec a new global object and new
 * modules; this module belongs to the worker (../store-environment.ts), and what
 * it starts ends with that.
 */
export async function borrowStore(): Promise<LentStore> {
  const lent = waiting ?? (await openStore())
  waiting = undefined
  // a spec sees the log from where its own part begins
  return { ...lent, store: { ...lent.store, ...lent.store.fromNow() } }
}

async function openStore(): Promise<LentStore> {
  const { folder, postgresPort } = theHarness()
  const databaseUrl = await createDatabase(postgresPort, {
    template: templateDatabase,
  })
  const mailPort = await freePort()
  const store = await startStore({
    folder,
    nodeOptions: withoutIdleCleanup,
    databaseUrl,
    pluginOptions: { limits: false, delivery: { first_retry: "1s" } },
    extraPlugins: [probe],
    env: { SMTP_URL: `smtp://127.0.0.1:${mailPort}` },
  })
  store.unref()
  const putBack = await rememberData(databaseUrl)
  const lent: LentStore = {
    store,
    databaseUrl,
    mailPort,
    giveBack: async () => {
      await putBack()
      waiting = lent
    },
  }
  return lent
}
