import type { Queryable } from "../db/database"
import {
  copyNotifications,
  insertNotifications,
  NotifiedClaim,
} from "../db/notifications"
import type { PreparedMail } from "./prepare-resend"

/**
 * Writes the notifications of a resend that core did not make, so that the page of each
 * order in the mail shows it: copies, as core makes them, or the first one of an order
 * that was not mailed before.
 */
export async function recordResentMail(
  db: Queryable,
  recorded: NotifiedClaim,
  { orders, message: { to } }: PreparedMail
): Promise<void> {
  const orderIds = orders.map(({ id }) => id)
  const copied = await copyNotifications(db, recorded, orderIds, to)
  const others = orders.filter(({ id }) => !copied.has(id))
  await insertNotifications(
    db,
    others.map((order) => ({ claim: { ...recorded, email: to }, order }))
  )
}
