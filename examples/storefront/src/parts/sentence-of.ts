/** An error of axios; `data.message` has the store's reason. */
interface Refused {
  response?: { status: number; data?: { code?: string; message?: string } }
}

/** Returns the HTTP status of an error; `undefined` without a response. */
export const statusOf = (error: unknown): number | undefined =>
  (error as Refused | null)?.response?.status

/** Returns the plugin's code of a refusal, such as `order_claim_expired`. */
export const codeOf = (error: unknown): string | undefined =>
  (error as Refused | null)?.response?.data?.code

/** Explains a failed request in a sentence. */
export function sentenceOf(error: unknown): string {
  const { response } = error as Refused
  if (!response) return "The shop did not respond. Please try again."
  // Core's own 401 and 404 have no sentence in their body.
  if (response.data?.message) return response.data.message
  return response.status === 401
    ? "Please log in first."
    : `Something went wrong (${response.status}). Please try again.`
}
