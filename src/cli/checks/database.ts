import { Backlog, readBacklog } from "../../db/backlog"
import type { Queryable } from "../../db/database"
import { DatabaseRole, findMissingRights, readRole } from "../../db/rights"
import { counted } from "../../values/counted"
import type { StoreConfig } from "../store-config"
import { storeDatabase } from "../store-database"
import { duration } from "./duration"
import { Finding, oneLine } from "./finding"

const what = "database"

/** Seconds after which whatever was due is waiting for a server, not for its turn. */
const OVERDUE_S = 600

/** Checks the plugin's table, what the role may do with it, and what waits in it. */
export async function checkDatabase(
  project: StoreConfig["projectConfig"]
): Promise<Finding[]> {
  const opened = storeDatabase(project)
  if ("missing" in opened) {
    const type = opened.isWrong ? "wrong" : "skipped"
    return [{ type, what, detail: opened.missing }]
  }
  try {
    return await examine(opened.database)
  } catch (error) {
    const detail = `cannot be queried (${oneLine(error)}): check projectConfig.database_url`
    return [{ type: "wrong", what, detail }]
  }
}

async function examine(db: Queryable): Promise<Finding[]> {
  const role = await readRole(db)
  const table = tableFinding(role)
  if (table.type === "wrong") return [table]

  const rights = await rightsFindings(db, role)
  const mayRead = await readBacklog(db).then(backlogFinding, () => undefined)
  return [table, ...rights, ...(mayRead ? [mayRead] : [])]
}

function tableFinding({
  role,
  schema,
  schemas: [other],
  search_path,
}: DatabaseRole): Finding {
  if (schema) {
    const detail = `the table order_claim is there (schema ${schema})`
    return { type: "fine", what, detail }
  }
  const detail = other
    ? `the table order_claim is in the schema ${other}, which the role ${role} does not search (search_path: ${search_path}): ALTER ROLE ${role} SET search_path TO ${other}`
    : "the table order_claim is missing: run npx medusa migrations run"
  return { type: "wrong", what, detail }
}

async function rightsFindings(
  db: Queryable,
  { role, only_reads }: DatabaseRole
): Promise<Finding[]> {
  const what = "database rights"
  if (only_reads) {
    const detail =
      "this database is read-only, like a replica: check projectConfig.database_url"
    return [{ type: "wrong", what, detail }]
  }
  const missing = await findMissingRights(db)
  if (!missing.length) {
    const detail = `the role ${role} has every right that the plugin needs`
    return [{ type: "fine", what, detail }]
  }
  return missing.map(({ table, rights }) => {
    const list = rights.join(", ")
    const detail = `the role ${role} may not ${list} on ${table}: GRANT ${list} ON ${table} TO ${role}`
    return { type: "wrong", what, detail }
  })
}

/** Says what waits, for how long, and what has failed. */
export function backlogFinding(backlog: Backlog): Finding {
  const { waiting, oldest_s, requested, failed, failed_notices } = backlog
  const failures = [
    ...(failed ? [counted(failed, "claim")] : []),
    ...(failed_notices
      ? [`notices of ${counted(failed_notices, "claim")}`]
      : []),
  ]
  const detail = [
    oldest_s === null
      ? "no email is waiting"
      : `${counted(waiting, "email")} ${waiting === 1 ? "is" : "are"} waiting, the oldest for ${duration(oldest_s)}`,
    ...(requested
      ? [
          `the orders of ${counted(requested, "claim")} have yet to be looked up`,
        ]
      : []),
    failures.length ? `${failures.join(" and ")} failed` : "none failed",
  ].join("; ")
  const stuck = whatIsStuck(backlog)
  if (!stuck) return { type: "fine", what: "backlog", detail }
  const hint = `${stuck}: is one running, with worker_mode "worker" or "shared"?`
  return { type: "wrong", what: "backlog", detail: `${detail}; ${hint}` }
}

function whatIsStuck({ overdue_s, requested_s }: Backlog): string | undefined {
  if (overdue_s >= OVERDUE_S) {
    return `one was due ${duration(overdue_s)} ago, and no server has sent it`
  }
  if (requested_s >= OVERDUE_S) {
    return `one was asked for ${duration(requested_s)} ago, and no server has looked up its orders`
  }
  return undefined
}
