interface Answered {
  response?: { data?: { message?: unknown } }
}

/** What the server said, or why it could not be asked, in a sentence. */
export function errorSentence(error: Error): string {
  const said = (error as Answered).response?.data?.message
  return typeof said === "string" && said ? said : error.message
}
