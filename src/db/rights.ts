import type { Queryable } from "./database"

/** The rights that the plugin needs on each table. Locking a row needs UPDATE. */
const NEEDED = {
  order_claim: ["SELECT", "INSERT", "UPDATE", "DELETE"],
  notification: ["SELECT", "INSERT", "UPDATE", "DELETE"],
  staged_job: ["SELECT", "INSERT", "DELETE"],
  order: ["SELECT", "UPDATE"],
  customer: ["SELECT", "UPDATE"],
  cart: ["SELECT"],
  address: ["SELECT"],
  line_item: ["SELECT"],
  store: ["SELECT"],
}

/** The rights on a table that the database's role lacks. */
export interface MissingRights {
  /** The table, quoted as SQL needs it. */
  table: string
  rights: string[]
}

/** Finds the rights that this role lacks; tables that are missing are left out. */
export async function findMissingRights(
  db: Queryable
): Promise<MissingRights[]> {
  return db.query<MissingRights>(
    `SELECT "table", rights FROM (
       SELECT name, quote_ident(name) AS table, ARRAY(
         SELECT needed FROM jsonb_array_elements_text(rights) AS needed
         WHERE NOT has_table_privilege(to_regclass(quote_ident(name)), needed)
       ) AS rights
       FROM jsonb_each($1::jsonb) AS tables (name, rights)
     ) AS missing
     WHERE cardinality(rights) > 0 ORDER BY name`,
    [JSON.stringify(NEEDED)]
  )
}

/** The role and the place in which its SQL is run. */
export interface DatabaseRole {
  /** The role, quoted as SQL needs it. */
  role: string
  search_path: string
  /** True for a replica, and a database that was made read-only. */
  only_reads: boolean
  /** The schema in which the plugin's table is found; `null` if it is not. */
  schema: string | null
  /** The schemas that have such a table, found or not, quoted as SQL needs them. */
  schemas: string[]
}

/** Reads the role, and where it finds the plugin's table. */
export async function readRole(db: Queryable): Promise<DatabaseRole> {
  const [role] = await db.query<DatabaseRole>(
    `SELECT quote_ident(current_user) AS role, current_setting('search_path') AS search_path,
       current_setting('transaction_read_only') = 'on' AS only_reads,
       (SELECT relnamespace::regnamespace::text FROM pg_class
        WHERE oid = to_regclass('order_claim')) AS schema,
       ARRAY(SELECT relnamespace::regnamespace::text FROM pg_class
        WHERE relname = 'order_claim' AND relkind IN ('r', 'p')) AS schemas`
  )
  if (!role) throw new Error("the role of the database could not be read")
  return role
}
