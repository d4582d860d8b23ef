// As deliveries have it: ISO 8601, UTC, in milliseconds.
const NOW = `to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/**
 * Writes the SQL for a claim's history with one more entry. Nothing is ever removed: a
 * decline that was lifted is still known.
 *
 * @param action - SQL, like the placeholders of the side and of the staff's user
 */
export const withEntry = (action: string, by: string, userId: string): string =>
  `history || jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
    'action', ${action}, 'by', ${by}::text, 'at', ${NOW}, 'user_id', ${userId}::text
  )))`
