/** Indexes rows by id. */
export function byId<Row extends { id: string }>(
  rows: Row[]
): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]))
}

/** Picks the rows with these ids, in the order of the ids; unknown ids are skipped. */
export function pickById<Row>(loaded: Map<string, Row>, ids: string[]): Row[] {
  return ids.flatMap((id) => loaded.get(id) ?? [])
}
