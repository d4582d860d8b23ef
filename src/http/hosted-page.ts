import {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
  urlencoded,
} from "express"
import { z } from "zod"
import { answer, ask, PageResult } from "../hosted-page/conversation"
import { ACTIONS, MAX_PASSWORD_LENGTH } from "../hosted-page/page-state"
import { logError } from "./errors"
import { noStore, serviceOf, withoutQueryInLog } from "./middlewares"

/** The path, in every spelling that Express accepts: no token may reach the log. */
const PAGE = /^\/+order-claim\/*$/i

const form = z.object({
  token: z.string(),
  action: z.enum(ACTIONS),
  password: z.string().max(MAX_PASSWORD_LENGTH).optional(),
})

/** The actions that links name, so that the page offers them first. */
const linkAction = z.enum(["decline", "revert"])

/** Adds the routes of the hosted page. A GET asks; only a POST changes anything. */
export function pageRoutes(router: Router): void {
  const formBody = urlencoded({ extended: false, limit: "100kb" })
  router
    .route(PAGE)
    .all(withoutQueryInLog, noStore)
    .get(open)
    .post(formBody, submit)
    .all(answerError)
}

const open: RequestHandler = (request, response, next) => {
  const service = serviceOf(request)
  const token = service.pages.tokenIn(request.query)
  const action = linkAction.safeParse(request.query.action).data
  ask(service, token, action)
    .then((result) => show(result, request, response))
    .catch(next)
}

const submit: RequestHandler = (request, response, next) => {
  const { success, data } = form.safeParse(request.body)
  if (!success) return void show(INVALID, request, response).catch(next)

  const service = serviceOf(request)
  answer(service, service.pages.looks, data)
    .then((result) => show(result, request, response))
    .catch(next)
}

const INVALID: PageResult = { state: "invalid", token: "" }

/** Shows an error. Below 500, the form is not the page's: too long, or an unknown charset. */
const answerError: ErrorRequestHandler = (
  error: { statusCode?: number },
  request,
  response,
  next
) => {
  const isBadForm = (error.statusCode ?? 500) < 500
  const result: PageResult = isBadForm
    ? INVALID
    : { state: "failed", token: "", error }
  show(result, request, response).catch(next)
}

async function show(
  result: PageResult,
  request: Request,
  response: Response
): Promise<void> {
  const languages = request.acceptsLanguages()
  const { pages } = serviceOf(request)
  const { status, html, policy, error } = await pages.make(result, languages)
  if (error) logError(request, error)
  response
    .status(status)
    .set({
      "Content-Security-Policy": policy,
      "X-Content-Type-Options": "nosniff",
      "X-Frame-Options": "DENY",
      "X-Robots-Tag": "noindex",
    })
    .type("html")
    .send(html)
}
