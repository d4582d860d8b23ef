import type { Shop } from "./shop"

type Row = Record<string, unknown>

/** All rows of all tables: by table, then by id. */
export type WholeDatabase = Map<string, Map<string, Row>>

/** Reads every table of a shop, core's and the plugin's. */
export async function wholeDatabase(
  shop: Pick<Shop, "query">
): Promise<WholeDatabase> {
  const tables = await shop.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
     ORDER BY table_name`
  )
  const read = tables.map(async ({ name }) => {
    const rows = await shop.query<{ row: Row }>(
      `SELECT to_jsonb(t) AS row FROM "${name}" t`
    )
    const keyed = rows.map(({ row }): [string, Row] => [
      typeof row.id === "string" ? row.id : JSON.stringify(row),
      row,
    ])
    return [name, new Map(keyed)] as const
  })
  return new Map(await Promise.all(read))
}

/**
 * Lists what differs: `order.email` for a column of a row, `order: new` and
 * `order: gone` for a row.
 */
export function changesBetween(
  before: WholeDatabase,
  after: WholeDatabase
): string[] {
  const changes = new Set<string>()
  for (const [table, rows] of after) {
    const earlier = before.get(table) ?? new Map<string, Row>()
    for (const [id, row] of rows) {
      const old = earlier.get(id)
      if (!old) changes.add(`${table}: new`)
      else
        columnsThatDiffer(old, row).forEach((c) => changes.add(`${table}.${c}`))
    }
    for (const id of earlier.keys()) {
      if (!rows.has(id)) changes.add(`${table}: gone`)
    }
  }
  return [...changes].sort()
}

const columnsThatDiffer = (old: Row, row: Row): string[] =>
  Object.keys(row).filter(
    (column) => JSON.stringify(row[column]) !== JSON.stringify(old[column])
  )
