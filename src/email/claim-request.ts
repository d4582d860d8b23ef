import type { Email } from "./email"
import type { ClaimRequestView } from "./view"

/** Renders the mail that asks the recipient to confirm. Pure. */
export function renderClaimRequest(view: ClaimRequestView): Email {
  const { subject, html, text } = templates().claimRequest
  return {
    subject: subject(view).trim(),
    html: html(view),
    text: text(view),
  }
}

type Render = (view: ClaimRequestView) => string
type Parts = Record<keyof Email, Render>

let compiled: { claimRequest: Parts } | undefined

/** A shop's start must not feel the plugin: templates are loaded on first use. */
function templates(): { claimRequest: Parts } {
  if (compiled) return compiled
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { template } =
    require("handlebars/runtime") as typeof import("handlebars/runtime")
  const { claimRequest } =
    require("./compiled-templates") as typeof import("./compiled-templates")
  /* eslint-enable @typescript-eslint/no-require-imports */
  compiled = {
    claimRequest: {
      subject: template(claimRequest.subject),
      html: template(claimRequest.html),
      text: template(claimRequest.text),
    },
  }
  return compiled
}
