import { Client } from "pg"

import { query } from "./postgres"

/**
 * Remembers everything that a database holds now, also where its sequences are.
 *
 * @returns a function that restores all of it, as often as it is called
 */
export async function rememberData(url: string): Promise<() => Promise<void>> {
  const tables = await query<{ name: string }>(
    url,
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`
  )
  const held = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, jsonb_agg(t)::text AS rows FROM ${name} t`
  )
  const contents = await query<{ name: string; rows: string | null }>(
    url,
    held.join(" UNION ALL ")
  )
  const sequences = await query<{ name: string; last: string | null }>(
    url,
    `SELECT quote_ident(sequencename) AS name, last_value AS last
     FROM pg_sequences WHERE schemaname = 'public'`
  )
  return () => putBack(url, contents, sequences)
}

async function putBack(
  url: string,
  contents: { name: string; rows: string | null }[],
  sequences: { name: string; last: string | null }[]
): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query("BEGIN")
    // without foreign keys and triggers the order does not matter
    await client.query("SET LOCAL session_replication_role = replica")
    for (const { name } of contents) await client.query(`DELETE FROM ${name}`)
    for (const { name, rows } of contents) {
      if (!rows) continue
      await client.query(
        `INSERT INTO ${name}
         SELECT * FROM jsonb_populate_recordset(NULL::${name}, $1)`,
        [rows]
      )
    }
    for (const { name, last } of sequences) {
      await client.query("SELECT setval($1, coalesce($2::bigint, 1), $3)", [
        name,
        last,
        last !== null,
      ])
    }
    await client.query("COMMIT")
  } finally {
    await client.end()
  }
}
