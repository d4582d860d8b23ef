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

  // An error of body-parser: malformed JSON, too large a body, an unknown charset.
  const { statusCode } = Object(error) as { statusCode?: number }
  if (statusCode && statusCode < 500) {
    const body = {
      type: MedusaError.Types.INVALID_DATA,
      code: "invalid_request_error",
      message: 'The body must be JSON such as { "token": "…" }, up to 100 kB.',
    }
    return { status: 400, body }
  }
  const body = {
    type: "unknown_error",
    code: "unknown_error",
    message: "An unknown error occurred.",
  }
  return { status: 500, body }
}

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
