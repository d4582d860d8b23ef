import type { ErrorRequestHandler, Request } from "express"
import { MedusaError } from "medusa-core-utils"
import type { Logger } from "../values/logger"
import { describeError } from "../values/redact"

interface ErrorResponse {
  status: number
  body: { type: string; code?: string; message: string }
}

/**
 * Responds in Medusa's error shape. The plugin's router needs a handler of its own:
 * its errors do not reach core's.
 */
export const errorHandler: ErrorRequestHandler = (
  error: unknown,
  request,
  response,
  next
) => {
  if (response.headersSent) return next(error)

  const { status, body } = toErrorResponse(error)
  if (status === 500) logError(request, error)
  response.status(status).json(body)
}

const STATUS: Record<string, number> = {
  [MedusaError.Types.NOT_ALLOWED]: 400,
  [MedusaError.Types.INVALID_DATA]: 400,
  [MedusaError.Types.UNAUTHORIZED]: 401,
  [MedusaError.Types.NOT_FOUND]: 404,
}

function toErrorResponse(error: unknown): ErrorResponse {
  const {
    type = "",
    code,
    message = "",
  } = Object(error) as Partial<MedusaError>
  const status = STATUS[type]
  if (status) return { status, body: { type, code, message } }

  const { statusCode } = Object(error) as { statusCode?: number }
  if (statusCode && statusCode < 500) return toErrorResponse(unread(error))
  const body = {
    type: "unknown_error",
    code: "unknown_error",
    message: "An unknown error occurred.",
  }
  return { status: 500, body }
}

/** Makes the 400 for a body that cannot be read. */
export function badBody(): MedusaError {
  return unreadable(
    "The body must be a JSON object in UTF-8, with the header Content-Type: application/json."
  )
}

/** Makes the 400 for a request that Express, or its parser of bodies, could not read. */
function unread(error: unknown): MedusaError {
  if (error instanceof URIError) {
    return unreadable("The path of the URL is not valid: check its % signs.")
  }
  const { type, limit = 0 } = Object(error) as { type?: string; limit?: number }
  return type === "entity.too.large"
    ? unreadable(
        `The body is too large: it may have up to ${Math.floor(limit / 1024)} kB.`
      )
    : badBody()
}

const unreadable = (sentence: string) =>
  new MedusaError(
    MedusaError.Types.INVALID_DATA,
    sentence,
    "invalid_request_error"
  )

const logged = new WeakSet<object>()

/**
 * Logs an error for the shop's staff; the response only says that there was one.
 * Confirms that were one have one error: it is logged once.
 */
export function logError(request: Request, error: unknown): void {
  if (error instanceof Error) {
    if (logged.has(error)) return
    logged.add(error)
  }
  const logger = request.scope.resolve<Logger>("logger")
  logger.error(`order-claim: ${describeError(error)}`)
}
