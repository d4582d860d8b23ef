import type { Logger } from "../values/logger"
import { describeError } from "../values/redact"
import { withTimeLimit } from "../values/time-limit"
import { renderBuiltIn } from "./built-in"
import { CustomTemplates } from "./custom-templates"
import type { Email } from "./email"
import type { MessageName, View } from "./message"
import { plainText } from "./plain-text"

/** A shop's own template, as a function. */
export type TemplateFunction<V extends View = View> = (
  view: V
) => Email | Promise<Email>

/** A shop's own template functions, by message. */
export type TemplateFunctions = Partial<Record<MessageName, TemplateFunction>>

/** A shop's own templates. */
export interface TemplateSource {
  /** The path of a folder with Handlebars files. */
  folder?: string | undefined
  functions: TemplateFunctions
}

/** The time limit of a template function: the outbox must not wait for ever. */
const FUNCTION_WITHIN_MS = 5000

const SUBJECT_LENGTH = 200
const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]+/

/** Renders a view as an email, with the shop's own template or the built-in one. */
export class Renderer {
  private readonly parts?: CustomTemplates

  constructor(
    private readonly own: TemplateSource,
    private readonly logger: Logger
  ) {
    if (own.folder) this.parts = new CustomTemplates(own.folder)
  }

  /**
   * Renders a view. If the shop's own template throws or returns no valid email, the
   * log says so, and the built-in one is used.
   */
  async render(view: View): Promise<Email> {
    try {
      const render = this.own.functions[view.message]
      if (render) {
        const email = await withTimeLimit(
          FUNCTION_WITHIN_MS,
          render(view),
          () => {
            throw new Error(
              `it returned nothing within ${FUNCTION_WITHIN_MS} ms`
            )
          }
        )
        return checked(email, view)
      }
      const parts = this.parts?.render(view) ?? {}
      if (Object.keys(parts).length) {
        return checked({ ...renderBuiltIn(view), ...parts }, view)
      }
    } catch (error) {
      this.logger.error(
        `order-claim: the shop's own template for ${view.message} failed, so the built-in one is used: ${describeError(error)}`
      )
    }
    return renderBuiltIn(view)
  }
}

/**
 * Checks the email of a shop's own template.
 *
 * @throws if a part of it or the link is missing
 */
function checked(email: Email | undefined, view: View): Email {
  if (!email) throw new Error("it returned nothing")
  const { subject, html, text } = email
  const line = plainText(subject, SUBJECT_LENGTH)
  if (!line) throw new Error("it returned no subject")
  for (const [part, content] of Object.entries({ html, text })) {
    if (typeof content !== "string" || !content.trim()) {
      throw new Error(`it returned no ${part}`)
    }
    const token = view.message === "claim-request" && JWT.exec(view.link)
    if (token && !content.includes(token[0])) {
      throw new Error(`its ${part} does not contain view.link`)
    }
  }
  return { subject: line, html, text }
}
