import type { Logger } from "../log"
import { renderBuiltIn } from "./built-in"
import type { Email } from "./email"
import type { MessageName, View } from "./message"
import { OwnParts } from "./own-parts"
import { plainText } from "./plain-text"

/** A template of a shop's own, in code. */
export type TemplateFunction<V extends View = View> = (
  view: V
) => Email | Promise<Email>

/** What a shop has of its own. */
export interface OwnTemplates {
  folder?: string | undefined
  functions: Partial<Record<MessageName, TemplateFunction>>
}

/** A function that never answers must not keep the outbox waiting. */
const FUNCTION_WITHIN_MS = 5000

const SUBJECT_LENGTH = 200
const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]+/

/** Makes an email of a view: with the shop's own template, or the built-in one. */
export class Renderer {
  private readonly parts?: OwnParts

  constructor(
    private readonly own: OwnTemplates,
    private readonly logger: Logger
  ) {
    if (own.folder) this.parts = new OwnParts(own.folder)
  }

  /**
   * A template of the shop that throws or gives no email does not stop the mail:
   * the log says so, and the built-in one is used.
   */
  async render(view: View): Promise<Email> {
    try {
      const render = this.own.functions[view.message]
      if (render) {
        const email = await within(FUNCTION_WITHIN_MS, render(view))
        return checked(email, view)
      }
      const parts = this.parts?.render(view) ?? {}
      if (Object.keys(parts).length) {
        return checked({ ...renderBuiltIn(view), ...parts }, view)
      }
    } catch (error) {
      const why = String(error).replace(JWT, "[token]").slice(0, 500)
      this.logger.error(
        `order-claim: the shop's own template for ${view.message} failed, so the built-in one is used: ${why}`
      )
    }
    return renderBuiltIn(view)
  }
}

/** @throws if a mail like this would be of no use to its reader */
function checked(email: Email | undefined, view: View): Email {
  if (!email) throw new Error("it gave nothing")
  const { subject, html, text } = email
  const line = plainText(subject, SUBJECT_LENGTH)
  if (!line) throw new Error("it gave no subject")
  for (const [part, content] of Object.entries({ html, text })) {
    if (typeof content !== "string" || !content.trim()) {
      throw new Error(`it gave no ${part}`)
    }
    const token = view.message === "claim-request" && JWT.exec(view.link)
    if (token && !content.includes(token[0])) {
      throw new Error(`its ${part} does not carry view.link`)
    }
  }
  return { subject: line, html, text }
}

async function within<T>(ms: number, work: T | Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`it gave nothing within ${ms} ms`)),
      ms
    )
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
