import { get } from "http"
import { get as getSecure } from "https"
import { isLocalUrl, parseHttpUrl } from "../../values/http-url"
import type { Settings } from "../../options/settings"
import { Finding, oneLine } from "./finding"

const what = "claim_url"
const WITHIN_MS = 5000

/** Checks that the page that links open exists. */
export async function checkClaimUrl(settings: Settings): Promise<Finding> {
  try {
    const url = new URL(settings.claimUrl)
    const status = await statusOf(url)
    // Without a token, the hosted page responds with 400.
    return status < 400 || (settings.hostsPage && status === 400)
      ? { type: "fine", what, detail: `${url.href} returned ${status}` }
      : {
          type: "wrong",
          what,
          detail: `${url.href} returned ${status}: is that the page of your ${settings.hostsPage ? "store" : "storefront"}?`,
        }
  } catch (error) {
    const url = parseHttpUrl(settings.claimUrl)
    const hint =
      url && isLocalUrl(url)
        ? `start your ${settings.hostsPage ? "store" : "storefront"} to try the link`
        : "check the option claim_url"
    return { type: "wrong", what, detail: `${oneLine(error)}: ${hint}` }
  }
}

function statusOf(url: URL): Promise<number> {
  const ask = url.protocol === "https:" ? getSecure : get
  return new Promise((resolve, reject) => {
    const request = ask(url, { timeout: WITHIN_MS }, (response) => {
      response.destroy()
      resolve(response.statusCode ?? 0)
    })
    request.on("timeout", () =>
      request.destroy(new Error(`no response within ${WITHIN_MS} ms`))
    )
    request.on("error", reject)
  })
}
