import {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
  urlencoded,
} from "express"
import { z } from "zod"
import { act, ask, PageResult } from "../hosted-page/conversation"
import { ACTIONS } from "../hosted-page/page-state"
import { logError } from "./errors"
import { noStore, serviceOf } from "./middlewares"

/** In every spelling that reaches it, or its token would reach the log. */
const PAGE = /^\/+order-claim\/*$/i

const form = z.object({ token: z.string(), action: z.enum(ACTIONS) })

/** The hosted page: a GET asks, and only its form, posted, changes something. */
export function pageRoutes(router: Router): void {
  const formBody = urlencoded({ extended: false, limit: "100kb" })
  router
    .route(PAGE)
    .all(withoutQueryInLog, noStore)
    .get(open)
    .post(formBody, submit)
    .all(answerError)
}

/** Core logs `originalUrl` once the answer is out; the query is parsed by now. */
const withoutQueryInLog: RequestHandler = (request, _, next) => {
  request.originalUrl = request.originalUrl.split("?")[0] ?? ""
  next()
}

const open: RequestHandler = (request, response, next) => {
  const service = serviceOf(request)
  const token = service.pages.tokenIn(request.query)
  const wish = request.query.action === "decline" ? "decline" : undefined
  ask(service, token, wish)
    .then((told) => show(told, request, response))
    .catch(next)
}

const submit: RequestHandler = (request, response, next) => {
  const { success, data } = form.safeParse(request.body)
  if (!success) return void show(INVALID, request, response).catch(next)

  act(serviceOf(request), data.token, data.action)
    .then((told) => show(told, request, response))
    .catch(next)
}

const INVALID: PageResult = { state: "invalid", token: "" }

/** A form that no browser of ours sends: too long, or in an unknown charset. */
const answerError: ErrorRequestHandler = (
  error: { statusCode?: number },
  request,
  response,
  next
) => {
  const isTheirs = (error.statusCode ?? 500) < 500
  const told = isTheirs ? INVALID : { state: "failed" as const, token: "" }
  show({ ...told, ...(!isTheirs && { error }) }, request, response).catch(next)
}

async function show(
  { error, ...told }: PageResult,
  request: Request,
  response: Response
): Promise<void> {
  if (error) logError(request, error)
  const languages = request.acceptsLanguages()
  const { pages } = serviceOf(request)
  const { status, html, policy } = await pages.make(told, languages)
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
