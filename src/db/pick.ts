/** Rows that were loaded for many claims, to pick each claim's own from. */
export function byId<Row extends { id: string }>(
  rows: Row[]
): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]))
}

/** Those with these ids, in their order; unknown ones are left out. */
export function pickById<Row>(loaded: Map<string, Row>, ids: string[]): Row[] {
  return ids.flatMap((id) => loaded.get(id) ?? [])
}
