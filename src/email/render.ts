import type { Email } from "./email"

type Message = keyof typeof import("./compiled-templates")
type Render = (view: object) => string

const compiled = new Map<Message, Record<keyof Email, Render>>()

/** Renders a message with the built-in templates. Pure. */
export function render(message: Message, view: object): Email {
  const { subject, html, text } = templatesOf(message)
  return { subject: subject(view).trim(), html: html(view), text: text(view) }
}

/** A shop's start must not feel the plugin: templates are loaded on first use. */
function templatesOf(message: Message) {
  const known = compiled.get(message)
  if (known) return known
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { template } =
    require("handlebars/runtime") as typeof import("handlebars/runtime")
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
