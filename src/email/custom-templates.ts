import { existsSync, readFileSync } from "fs"
import { join } from "path"
import type { Email } from "./email"
import { fallbackChain } from "../texts/locale"
import type { View } from "./message"
import { withHelpers } from "./template-helpers"

type Part = keyof Email
type Render = (view: View) => string

const ENDINGS: Record<Part, string[]> = {
  subject: ["subject.hbs"],
  html: ["html.hbs", "html"],
  text: ["text.hbs"],
}

/**
 * A shop's own Handlebars files, by message and part: `claim-request.html.hbs`,
 * or `claim-request.de.html.hbs` for one language. A part without a file uses the
 * built-in template.
 */
export class CustomTemplates {
  private readonly compiled = new Map<string, Render | undefined>()

  constructor(private readonly folder: string) {}

  /**
   * Renders the parts that have a file.
   *
   * @throws any error of a template
   */
  render(view: View): Partial<Email> {
    const parts = (Object.keys(ENDINGS) as Part[]).map((part) => [
      part,
      this.find(view, part)?.(view),
    ])
    return Object.fromEntries(
      parts.filter(([, rendered]) => rendered !== undefined)
    ) as Partial<Email>
  }

  private find(view: View, part: Part): Render | undefined {
    for (const language of [...fallbackChain(view.locale), ""]) {
      // For readers of other languages, a file without a language comes before an
      // English one.
      if (language === "en" && !view.locale.startsWith("en")) continue
      for (const ending of ENDINGS[part]) {
        const name = [view.message, language, ending].filter(Boolean).join(".")
        const render = this.load(name, part)
        if (render) return render
      }
    }
    return undefined
  }

  private load(name: string, part: Part): Render | undefined {
    if (this.compiled.has(name)) return this.compiled.get(name)

    const file = join(this.folder, name)
    const render = existsSync(file) ? compile(file, part) : undefined
    this.compiled.set(name, render)
    return render
  }
}

/** Compiles a file. Only shops with files of their own load the compiler. */
function compile(file: string, part: Part): Render {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const handlebars = require("handlebars") as typeof import("handlebars")
  return withHelpers(handlebars).compile(readFileSync(file, "utf8"), {
    noEscape: part !== "html",
  })
}
