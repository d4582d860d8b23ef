import { MedusaError } from "medusa-core-utils"
import type { ExaminedClaim } from "../actions/examine"
import { Action, DONE, PageState, stateOfRefusal } from "./page-state"
import type { PageFacts } from "./page-view"

/** The operations on claims that the page uses; `orderClaimService` has them. */
export interface Claims extends Record<
  Action,
  (token: string) => Promise<void>
> {
  examine(token: string): Promise<ExaminedClaim>
}

/** The result that the page shows. */
export interface PageResult extends Pick<
  PageFacts,
  "state" | "token" | "question" | "action"
> {
  /** The claim's locale, if there is a claim; `null` for the shop's own. */
  locale?: string | null
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
    const { status: state, ...seen } = await claims.examine(token)
    return { ...seen, state, token, action }
  } catch (error) {
    return { ...failure(error), token: "" }
  }
}

/** Performs the action of a button, and returns the outcome. */
export async function act(
  claims: Claims,
  token: string,
  action: Action
): Promise<PageResult> {
  const { state, error } = await outcome(claims, token, action)
  const seen = await ask(claims, token, action)
  // The link still works, so it was not renewed: the page asks again.
  if (state === "open") return seen
  // This very link has confirmed before, or the response was lost on its way.
  const isDone = seen.state === "confirmed"
  if (isDone && (state === "used" || state === "failed")) {
    return { ...seen, error }
  }
  // The outcome says more than the claim's status now.
  return { state, error, token, action, locale: seen.locale }
}

async function outcome(
  claims: Claims,
  token: string,
  action: Action
): Promise<Pick<PageResult, "state" | "error">> {
  try {
    await claims[action](token)
    return { state: DONE[action] }
  } catch (error) {
    return failure(error)
  }
}

function failure(error: unknown): { state: PageState; error?: unknown } {
  const { type, code } = error as Partial<MedusaError>
  if (type === MedusaError.Types.UNAUTHORIZED) return { state: "login" }
  const state = stateOfRefusal(code)
  return state === "failed" ? { state, error } : { state }
}
