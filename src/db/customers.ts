import type { Queryable } from "./database"
import { byId } from "./pick"

/** The columns of a customer that the plugin reads. */
export interface CustomerRow {
  id: string
  email: string
  first_name: string | null
  last_name: string | null
  has_account: boolean
  /** The time at which the account was opened, if it is one. */
  created_at: Date
}

/** Loads customers by id; unknown and deleted ones are left out. */
export async function loadCustomers(
  db: Queryable,
  ids: string[]
): Promise<Map<string, CustomerRow>> {
  const rows = await db.query<CustomerRow>(
    `SELECT id, email, first_name, last_name, has_account, created_at
     FROM customer WHERE id = ANY($1) AND deleted_at IS NULL`,
    [ids]
  )
  return byId(rows)
}
