import type { Queryable } from "../database"

/** A node of a plan, as EXPLAIN (ANALYZE, FORMAT JSON) prints it. */
interface Node {
  "Node Type": string
  "Relation Name"?: string
  "Index Name"?: string
  "Actual Rows": number
  "Actual Loops": number
  "Rows Removed by Filter"?: number
  Plans?: Node[]
}

/** The work that one statement did on the table of claims. */
export interface Work {
  /** The kinds of the plan's nodes that touched `order_claim` or an index of it. */
  scans: string[]
  /** The rows and index entries that were read. */
  read: number
  /** The rows that were sorted. */
  sorted: number
}

/** Runs statements by a database that explains each of them, and returns their work. */
export async function explained(
  db: Queryable,
  run: (db: Queryable) => Promise<unknown>
): Promise<Work[]> {
  const works: Work[] = []
  await run({
    query: async <Row>(sql: string, parameters?: unknown[]) => {
      const [row] = await db.query<{ "QUERY PLAN": [{ Plan: Node }] }>(
        `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
        parameters
      )
      works.push(workOf(allNodes(row!["QUERY PLAN"][0].Plan)))
      return db.query<Row>(sql, parameters)
    },
  })
  return works
}

function workOf(nodes: Node[]): Work {
  const scans = nodes.filter(isOfClaims)
  const sorts = nodes.filter((node) => node["Node Type"].endsWith("Sort"))
  return {
    scans: scans.map((node) => node["Node Type"]),
    read: sum(scans),
    sorted: sum(sorts.flatMap(({ Plans = [] }) => Plans)),
  }
}

const allNodes = (node: Node): Node[] => [
  node,
  ...(node.Plans ?? []).flatMap(allNodes),
]

const isOfClaims = (node: Node): boolean =>
  node["Relation Name"] === "order_claim" ||
  Boolean(node["Index Name"]?.includes("order_claim"))

/** Adds up the rows that nodes returned, and those that they left out. */
const sum = (nodes: Node[]): number =>
  nodes.reduce((rows, node) => {
    const { "Rows Removed by Filter": removed = 0 } = node
    return rows + (node["Actual Rows"] + removed) * node["Actual Loops"]
  }, 0)
