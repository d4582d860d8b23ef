interface ResponseError {
  response?: { data?: { message?: unknown } }
}

/** The server's error message, or else the client's own. */
export function errorSentence(error: Error): string {
  const message = (error as ResponseError).response?.data?.message
  return typeof message === "string" && message ? message : error.message
}
