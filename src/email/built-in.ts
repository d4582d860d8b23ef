import { asciiHtml } from "./ascii"
import type { Email } from "./email"
import type { MessageName, View } from "./message"
import { withHelpers } from "./template-helpers"

type Render = (view: View) => string

const compiled = new Map<MessageName, Record<keyof Email, Render>>()

/** Renders a message with the plugin's own templates. Pure. */
export function renderBuiltIn(view: View): Email {
  const { subject, html, text } = templatesOf(view.message)
  return {
    subject: subject(view).trim(),
    html: asciiHtml(html(view)),
    text: text(view),
  }
}

/** Loads templates on first use, so that they do not slow the shop's start. */
function templatesOf(message: MessageName): Record<keyof Email, Render> {
  const known = compiled.get(message)
  if (known) return known
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { template } = withHelpers(
    require("handlebars/runtime") as typeof import("handlebars/runtime")
  )
  const sources =
    require("./compiled-templates") as typeof import("./compiled-templates")
  /* eslint-enable @typescript-eslint/no-require-imports */
  const { subject, html, text } = sources[message]
  const parts = {
    subject: template(subject) as Render,
    html: template(html) as Render,
    text: template(text) as Render,
  }
  compiled.set(message, parts)
  return parts
}
