import { Client, Pool } from "pg"
import path from "node:path"

import { startChild } from "./child"
import { repository } from "./places"

/** A PostgreSQL server of this run. */
export interface Postgres {
  port: number
  stop(): Promise<void>
}

/** The URL of a database on the server at this port. */
export const databaseUrl = (port: number, name: string): string =>
  `postgres://postgres:postgres@127.0.0.1:${port}/${name}`

/**
 * Starts an empty PostgreSQL on a free port. It goes with this process.
 *
 * @param durable - write to disk as a production server does; for benches
 */
export async function startPostgres({
  durable = false,
} = {}): Promise<Postgres> {
  const server = startChild({
    name: "PostgreSQL",
    line: [
      process.execPath,
      path.join(__dirname, "postgres-server.mjs"),
      ...(durable ? ["--durable"] : []),
    ],
    cwd: repository,
  })
  const [, port] = await server.waitForLog(/ready on port (\d+)/)
  return {
    port: Number(port),
    stop: async () => {
      await server.stop()
    },
  }
}

/** Runs one statement on a database of its own connection and returns its rows. */
export async function query<Row extends object>(
  url: string,
  sql: string,
  parameters: unknown[] = []
): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql, parameters)).rows
  } finally {
    await client.end()
  }
}

/** Asks one database again and again, over connections that it keeps. */
export interface Queries {
  query<Row extends object>(sql: string, parameters?: unknown[]): Promise<Row[]>
  end(): Promise<void>
}

/**
 * Opens connections for many queries: a new one for each would cost the server
 * more than the query does.
 */
export function openQueries(url: string): Queries {
  const pool = new Pool({ connectionString: url, max: 4 })
  // a connection that breaks while nobody uses it is replaced
  pool.on("error", () => undefined)
  let ended: Promise<void> | undefined
  return {
    query: async <Row extends object>(sql: string, parameters?: unknown[]) =>
      (await pool.query<Row>(sql, parameters)).rows,
    end: () => (ended ??= pool.end()),
  }
}

let count = 0

/**
 * Creates a database; from a template in milliseconds.
 *
 * @returns its URL
 */
export async function createDatabase(
  port: number,
  { name, template }: { name?: string; template?: string } = {}
): Promise<string> {
  const given = name ?? `shop_${process.pid}_${Date.now()}_${++count}`
  // copying the files takes a third less than PostgreSQL's usual way
  const source = template ? ` TEMPLATE "${template}" STRATEGY FILE_COPY` : ""
  await query(
    databaseUrl(port, "postgres"),
    `CREATE DATABASE "${given}"${source}`
  )
  return databaseUrl(port, given)
}
