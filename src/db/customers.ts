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

/** The customers of a claim or of several, by id. */
export type Customers = Map<string, CustomerRow>

// $1: ids of customers
const SELECT_ALL = `
  SELECT id, email, first_name, last_name, has_account, created_at
  FROM customer WHERE id = ANY($1)
`
const SELECT_CUSTOMERS = `${SELECT_ALL} AND deleted_at IS NULL`

/** Loads customers by id; unknown and deleted ones are left out. */
export async function loadCustomers(
  db: Queryable,
  ids: string[]
): Promise<Customers> {
  return byId(await db.query<CustomerRow>(SELECT_CUSTOMERS, [ids]))
}

/** Loads a customer, even a deleted one: the row stays as long as it has orders. */
export async function loadEvenDeleted(
  db: Queryable,
  id: string
): Promise<CustomerRow | undefined> {
  const [customer] = await db.query<CustomerRow>(SELECT_ALL, [[id]])
  return customer
}

/** Loads customers, whose addresses cannot change until the transaction ends. */
export async function lockCustomers(
  db: Queryable,
  ids: string[]
): Promise<Customers> {
  const sql = `${SELECT_CUSTOMERS} ORDER BY id FOR SHARE`
  return byId(await db.query<CustomerRow>(sql, [ids]))
}

/** True if a customer has a password; an account of an external login has none. */
export async function hasPassword(db: Queryable, id: string): Promise<boolean> {
  const rows = await db.query(
    "SELECT id FROM customer WHERE id = $1 AND password_hash <> ''",
    [id]
  )
  return rows.length > 0
}
