import type { EntityManager } from "typeorm"
import { StepLimit } from "../values/step-limit"
import { seconds, WaitedTooLong } from "../values/waited-too-long"
import { onManager, Queryable } from "./database"
import { ShopConnection } from "./shop-connection"
import {
  describeTimeout,
  setLimits,
  TRANSACTION_LIMITS,
  TransactionLimits,
} from "./transaction-limits"

/** A transaction on one of the shop's own connections: core's services join it. */
export interface ShopTransaction extends Queryable {
  /** typeorm's manager of the transaction, for core's services. */
  manager: EntityManager
  /** Says that a service of core has done a step, so that the next has its full time. */
  stepped(): void
}

type Work<T> = (tx: ShopTransaction) => Promise<T>

/**
 * Runs `work` in a transaction on one of the shop's own connections, and never waits
 * for ever. The database ends what waits too long. If nothing is heard of it, the
 * connection is closed: the shop's pool can open another one in its place.
 *
 * @param name - the work, for the log: `the confirmation of oclaim_…`
 * @throws {WaitedTooLong} with what was waited for
 */
export async function inShopTransaction<T>(
  manager: EntityManager,
  name: string,
  work: Work<T>,
  limits: TransactionLimits = TRANSACTION_LIMITS
): Promise<T> {
  const connection = new ShopConnection(manager)
  const step = new StepLimit(limits.silenceMs)
  const stalled = step.stalled.then(() => {
    throw new WaitedTooLong(`${name} ${stallOf(connection, limits.silenceMs)}`)
  })
  try {
    return await Promise.race([run(connection, step, work, limits), stalled])
  } catch (error) {
    if (error instanceof WaitedTooLong) connection.throwAway()
    const timeout = describeTimeout(connection.lostBy ?? error, step.elapsedMs)
    throw timeout ? new WaitedTooLong(`${name} ${timeout}`) : error
  } finally {
    step.end()
  }
}

async function run<T>(
  connection: ShopConnection,
  step: StepLimit,
  work: Work<T>,
  limits: TransactionLimits
): Promise<T> {
  try {
    const { runner } = connection
    await connection.open()
    // Answered already: nothing may change behind the back of whoever tries again.
    if (step.isOver) throw new Error("the connection came too late")

    const tx = watched(runner.manager, step)
    try {
      step.next()
      await runner.startTransaction()
      await setLimits(tx, limits)
      const result = await work(tx)
      step.next()
      await runner.commitTransaction()
      return result
    } catch (error) {
      await runner.rollbackTransaction().catch(() => undefined)
      throw error
    }
  } finally {
    await connection.release()
  }
}

/** The transaction, in which each statement of the plugin's is a step. */
function watched(manager: EntityManager, step: StepLimit): ShopTransaction {
  const statements = onManager(manager)
  return {
    manager,
    stepped: () => step.next(),
    async query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> {
      const rows = await statements.query<Row>(sql, parameters)
      step.next()
      return rows
    },
  }
}

function stallOf({ isOpen }: ShopConnection, ms: number): string {
  const time = seconds(ms)
  return isOpen
    ? `got no response from the database for ${time}: its connection was closed`
    : `waited ${time} for a free connection of the shop's pool`
}
