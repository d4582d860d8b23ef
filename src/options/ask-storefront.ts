import type { BrandSettings } from "../email/brand-view"
import { isLocalUrl, parseHttpUrl } from "../values/http-url"
import type { Mailbox } from "../values/mailbox"
import { withTimeLimit } from "../values/time-limit"
import { seconds, WaitedTooLong } from "../values/waited-too-long"
import { Environment, PUBLIC_PAGE } from "./conflicts"
import { entriesOf } from "./entries"
import { describeProblems, Problem, problemsOf } from "./problems"
import { show } from "./show"
import { Storefront, StorefrontAbout, storefrontResult } from "./storefront"

/** The settings that may differ from storefront to storefront. */
export interface StorefrontSettings {
  claimUrl: string
  from: Mailbox
  replyTo: Mailbox | undefined
  brand: BrandSettings
  locale: string
}

/** The settings of a shop whose function is called. */
export interface AskedSettings extends StorefrontSettings {
  storefront: Storefront | undefined
  tokenParam: string
}

/**
 * Calls the shop's function, checks the result, and adds what it leaves out.
 *
 * @throws {StorefrontError}
 */
export type AskStorefront = (
  about: StorefrontAbout
) => Promise<StorefrontSettings>

/** The conditions of a call that tests change. */
interface AskConditions {
  env?: Environment
  /** The time limit, in milliseconds. */
  withinMs?: number
}

const WITHIN_MS = 5000

/** The function has failed, or what it has returned is not valid. */
export class StorefrontError extends Error {
  override name = "StorefrontError"

  /** The function's own error, whose stack its developers need. */
  readonly cause: Error | undefined
  /** True if it has returned an object in which something is wrong. */
  readonly isInvalid: boolean

  constructor(
    message: string,
    { cause, isInvalid = false }: { cause?: Error; isInvalid?: boolean } = {}
  ) {
    super(message)
    this.cause = cause
    this.isInvalid = isInvalid
    // Its own stack would only lead to the plugin.
    this.stack = `${this.name}: ${message}`
  }
}

/**
 * Prepares calls of the option `storefront`.
 *
 * @returns `undefined` for a shop without: then nothing has to be loaded for it
 */
export function storefrontOf(
  settings: AskedSettings,
  container: Record<string, unknown>,
  { env = process.env, withinMs = WITHIN_MS }: AskConditions = {}
): AskStorefront | undefined {
  const { storefront } = settings
  if (!storefront) return undefined
  return async (about) => {
    // The function may change what it gets.
    const { locale } = about
    const work = () => storefront(about, container)
    const given = await settled(work, withinMs)
    return withDefaults(given, { ...settings, locale }, env)
  }
}

async function settled(
  work: () => unknown,
  withinMs: number
): Promise<unknown> {
  try {
    // Called in a promise, so that what it throws at once is caught, too.
    return await withTimeLimit(withinMs, Promise.resolve().then(work), () => {
      throw new WaitedTooLong(
        `storefront did not respond within ${seconds(withinMs)}`
      )
    })
  } catch (error) {
    if (error instanceof WaitedTooLong) throw new StorefrontError(error.message)
    const details = error instanceof Error ? { cause: error } : {}
    throw new StorefrontError(`storefront threw ${inWords(error)}`, details)
  }
}

function inWords(error: unknown): string {
  try {
    return error instanceof Error ? String(error) : show(error)
  } catch {
    return "something that cannot be shown"
  }
}

const known = entriesOf(storefrontResult)

function withDefaults(
  given: unknown,
  settings: AskedSettings,
  env: Environment
): StorefrontSettings {
  const { success, data, error } = parse(given)
  if (!success) throw invalid(given, problemsOf(error))

  const { claim_url } = data
  const claimUrl = claim_url ?? settings.claimUrl
  const expected = expectedOfLink(claimUrl, settings.tokenParam, env)
  if (expected !== undefined) {
    throw invalid(given, [
      { type: "unexpected", path: ["claim_url"], expected },
    ])
  }
  return {
    claimUrl,
    from: data.from ?? settings.from,
    replyTo: data.reply_to ?? settings.replyTo,
    brand: data.brand ?? settings.brand,
    locale: data.locale ?? settings.locale,
  }
}

/** Reads the properties of an object of the shop's own, which may throw. */
function parse(given: unknown) {
  try {
    return storefrontResult.safeParse(given)
  } catch (error) {
    throw new StorefrontError(
      `the result of storefront cannot be read: ${inWords(error)}`
    )
  }
}

function expectedOfLink(
  claimUrl: string,
  tokenParam: string,
  { NODE_ENV }: Environment
): string | undefined {
  const url = parseHttpUrl(claimUrl)
  if (url?.searchParams.has(tokenParam)) {
    return `a URL without the parameter ${tokenParam}, which carries the token`
  }
  return NODE_ENV === "production" && url && isLocalUrl(url)
    ? PUBLIC_PAGE
    : undefined
}

function invalid(given: unknown, problems: Problem[]): StorefrontError {
  const lines = describeProblems(given, problems, known, "its result")
  return new StorefrontError(
    [
      "storefront returned invalid values:",
      ...lines.map((line) => `  ${line}`),
    ].join("\n"),
    { isInvalid: Object(given) === given }
  )
}
