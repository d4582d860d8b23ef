import type { Claim } from "../claims/claim"
import type { Queryable } from "./database"
import { newId } from "./ids"

/** An event of a claim, before it is staged. */
export interface StagedEvent {
  name: string
  claim: Pick<Claim, "id" | "order_ids">
}

/**
 * Stages events as core's event bus does within a transaction: core's enqueuer
 * emits them after the commit. Uses SQL, because the outbox works on connections
 * of its own, not on typeorm's.
 */
export async function stageEvents(
  db: Queryable,
  events: StagedEvent[]
): Promise<void> {
  if (!events.length) return

  const rows = events.map(({ name, claim: { id, order_ids } }) => ({
    id: newId("job"),
    event_name: name,
    data: { id, order_ids },
  }))
  await db.query(
    `INSERT INTO staged_job (id, event_name, data)
     SELECT * FROM jsonb_to_recordset($1::jsonb)
       AS new (id text, event_name text, data jsonb)`,
    [JSON.stringify(rows)]
  )
}
