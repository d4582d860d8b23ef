import { MedusaError } from "medusa-core-utils"
import type { ExaminedClaim } from "../actions/examine"
import { Action, DONE, PageState, stateOfRefusal } from "./page-state"
import type { PageFacts } from "./page-view"

/** What the page does with claims; `orderClaimService` does it. */
export interface Claims extends Record<
  Action,
  (token: string) => Promise<void>
> {
  examine(token: string): Promise<ExaminedClaim>
}

/** What there is to say. */
export interface PageResult extends Pick<
  PageFacts,
  "state" | "token" | "question" | "action"
> {
  /** The claim's, if there is a claim. */
  locale?: string | null
  /** What broke, if something of ours did: for the log. */
  error?: unknown
}

/**
 * Says what a link is worth, and asks if it is open. Changes nothing.
 *
 * @param action - what the reader came for, if the link said so
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

/** Does what a button was pressed for, and says what it came to. */
export async function act(
  claims: Claims,
  token: string,
  action: Action
): Promise<PageResult> {
  const { state, error } = await outcome(claims, token, action)
  const seen = await ask(claims, token, action)
  // What came of it tells more than how the claim stands now.
  if (state === "open") return seen
  // It was this very link that confirmed, or the answer got lost on its way.
  const isDone = seen.state === "confirmed"
  if (isDone && (state === "used" || state === "failed")) {
    return { ...seen, error }
  }
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
