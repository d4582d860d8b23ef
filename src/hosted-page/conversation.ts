import { MedusaError } from "medusa-core-utils"
import type { ExaminedClaim } from "../actions/examine"
import { WRONG_PASSWORD } from "../claims/refusal"
import type { Look, Looks } from "./looks"
import { Action, DONE, PageState, stateOfRefusal } from "./page-state"
import type { PageFacts } from "./page-view"

/** The operations on claims that the page uses; `orderClaimService` has them. */
export interface Claims extends Record<
  Action,
  (token: string) => Promise<unknown>
> {
  examine(token: string): Promise<ExaminedClaim>
  confirmWithPassword(token: string, password: string): Promise<void>
}

/** The result that the page shows. */
export interface PageResult extends Pick<
  PageFacts,
  "state" | "token" | "question" | "subject" | "action" | "isPasswordWrong"
> {
  /** The claim's locale, if there is a claim; `null` for the shop's own. */
  locale?: string | null
  /** The look of the page, if it is known already. */
  look?: Look
  /** An unexpected error, for the log. */
  error?: unknown
}

/**
 * Examines a link; if it is open, the page asks its reader. Changes nothing.
 *
 * @param action - the action that the link names, if any
 */
export async function ask(
  claims: Claims,
  token: string,
  action?: Action
): Promise<PageResult> {
  try {
    const examined = await claims.examine(token)
    const { locale, subject } = examined
    const question = "question" in examined ? examined.question : undefined
    const state = stateOf(examined)
    return { state, question, locale, subject, token, action }
  } catch (error) {
    return { ...failure(error), token: "" }
  }
}

/** Tells what has ended a link, which decides what the page says and offers. */
function stateOf(examined: ExaminedClaim): PageState {
  if (examined.status === "stale") return examined.reverts ? "gone" : "stale"
  if (examined.status !== "expired") return examined.status
  if (examined.isLocked) return "locked"
  return examined.reverts ? "late" : "expired"
}

/** The form that the page posts. */
export interface PostedForm {
  token: string
  action: Action
  /** Posted if the page has asked for it. */
  password?: string
}

/**
 * Performs the action of a button, and returns what the page shows. If the shop chooses
 * the look of each page, that comes first: where it fails, nothing has happened yet.
 */
export async function answer(
  claims: Claims,
  looks: Looks,
  form: PostedForm
): Promise<PageResult> {
  if (!looks.areChosen) return act(claims, form)

  const seen = await ask(claims, form.token, form.action)
  const look = await looks.of(seen)
  if (look.error) {
    const { token, action } = form
    const { locale } = seen
    return { state: "failed", error: look.error, token, action, locale, look }
  }
  return { ...(await act(claims, form)), look }
}

/** Performs the action of a button, and returns the outcome. */
export async function act(
  claims: Claims,
  form: PostedForm
): Promise<PageResult> {
  const { token, action } = form
  const { state, error, isPasswordWrong } = await outcome(claims, form)
  const seen = await ask(claims, token, action)
  // The link still works, so it was not renewed: the page asks again.
  if (state === "open") return seen
  // This very link did it before, or the response was lost on its way.
  const isDone = seen.state === "confirmed" || seen.state === "reverted"
  if (isDone && (state === "used" || state === "failed")) {
    return { ...seen, error }
  }
  // The page asks for the password again, as long as the link is open.
  if (state === "login") {
    return seen.state === "open" ? { ...seen, state, isPasswordWrong } : seen
  }
  if (SAYS_MORE[state]?.includes(seen.state)) return seen
  // The outcome says more than the claim's status now.
  const { locale, subject } = seen
  return { state, error, token, action, locale, subject }
}

/** The states of a claim that say more than an outcome. */
const SAYS_MORE: Partial<Record<PageState, PageState[]>> = {
  expired: ["locked", "late"],
  stale: ["gone"],
  reverted: ["gone"],
}

type Outcome = Pick<PageResult, "state" | "error" | "isPasswordWrong">

async function outcome(
  claims: Claims,
  { token, action, password }: PostedForm
): Promise<Outcome> {
  try {
    // A page that has asked for a password is answered with one, whatever the claimant
    // has done to the account's address since.
    if (action === "confirm" && password !== undefined) {
      await claims.confirmWithPassword(token, password)
    } else {
      await claims[action](token)
    }
    return { state: DONE[action] }
  } catch (error) {
    return failure(error)
  }
}

function failure(error: unknown): Outcome {
  const { type, code } = error as Partial<MedusaError>
  if (type === MedusaError.Types.UNAUTHORIZED) {
    return { state: "login", isPasswordWrong: code === WRONG_PASSWORD }
  }
  const state = stateOfRefusal(code)
  return state === "failed" ? { state, error } : { state }
}
