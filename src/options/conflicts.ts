import type { LinkTarget } from "../claims/claim-link"
import { hasUsableSes, SES_FORM } from "../transports/ses"
import { isLocalUrl, parseHttpUrl } from "../values/http-url"
import { entryAt } from "./entries"
import type { Problem } from "./problems"
import type { CheckedOptions } from "./schema"

/** The environment variables that options depend on. */
export interface Environment {
  NODE_ENV?: string | undefined
  MEDUSA_BACKEND_URL?: string | undefined
}

/** The expectation of a link in production. */
export const PUBLIC_PAGE =
  "a URL that customers can open in production; this one works on the server itself only"

/** The options that do not fit each other or the environment. */
export function conflicts(
  options: CheckedOptions,
  settings: LinkTarget & { hostsPage: boolean },
  env: Environment
): Problem[] {
  const { claimUrl, hostsPage, tokenParam } = settings
  const isProduction = env.NODE_ENV === "production"
  const url = parseHttpUrl(claimUrl)
  const problems: Problem[] = []
  const refuse = (option: keyof CheckedOptions, expected?: string) =>
    problems.push({ type: "unexpected", path: [option], expected })

  if (hostsPage && !url) refuse("backend_url")
  if (url?.searchParams.has(tokenParam)) {
    refuse(
      "token_param",
      "a query parameter that claim_url does not use itself"
    )
  }
  // The function may name a page for each claim; then the result is checked.
  const isAskedLater = hostsPage && options.storefront
  if (isProduction && url && isLocalUrl(url) && !isAskedLater) {
    if (hostsPage) {
      refuse(
        "backend_url",
        "the public URL of this server, or a claim_url of your storefront: in production, customers must be able to open the link"
      )
    } else {
      refuse("claim_url", PUBLIC_PAGE)
    }
  }
  if (!hasUsableSes(options.transport)) refuse("transport", SES_FORM)
  if (isProduction && !options.transport) {
    refuse("transport", `${expectedOf("transport")} (required in production)`)
  }
  return problems
}

const expectedOf = (option: keyof CheckedOptions) =>
  entryAt([option])?.expected ?? ""
