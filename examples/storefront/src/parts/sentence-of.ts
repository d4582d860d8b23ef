/** As axios throws it; the store says why in `data.message`. */
interface Refused {
  response?: { status: number; data?: { code?: string; message?: string } }
}

/** The HTTP status of a refusal; `undefined` when there was no answer. */
export const statusOf = (error: unknown): number | undefined =>
  (error as Refused | null)?.response?.status

/** A sentence for people about a request that failed. */
export function sentenceOf(error: unknown): string {
  const { response } = error as Refused
  if (!response) return "The shop did not answer. Please try again."
  // core answers 401 and 404 without a body of its own
  if (response.data?.message) return response.data.message
  return response.status === 401
    ? "Please log in first."
    : `Something went wrong (${response.status}). Please try again.`
}
