import {
  insertCopies,
  openQueries,
  readOrder,
} from "../integration-tests/stock-store"

/** An order of a guest, the only one of that address. */
export interface Claimable {
  orderId: string
  email: string
}

/**
 * Makes guests with an order each, since ten thousand checkouts would take longer than
 * everything that is measured.
 *
 * @param orderId - the order to copy
 * @param domain - the domain of their addresses, a different one for each call
 */
export async function copyGuests(
  databaseUrl: string,
  { orderId, count, domain }: { orderId: string; count: number; domain: string }
): Promise<Claimable[]> {
  const database = openQueries(databaseUrl)
  try {
    const model = await readOrder(database, orderId)
    const emails = Array.from(
      { length: count },
      (_, n) => `guest-${n + 1}@${domain}`
    )
    const copies = await insertCopies(database, model, emails)
    // Otherwise autovacuum would decide which burst gets a good plan.
    await database.query("VACUUM ANALYZE")
    return copies.map(({ id, email }) => ({ orderId: id, email }))
  } finally {
    await database.end()
  }
}
