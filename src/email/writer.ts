import { TextOverrides, TextSource } from "../texts/texts"
import type { Logger } from "../values/logger"
import { Renderer, TemplateFunctions } from "./renderer"

/** What a shop has of its own: texts, a folder of templates, template functions. */
export interface CustomParts extends TemplateFunctions {
  texts: TextOverrides
  folder?: string | undefined
}

/** What emails are written with. */
export interface EmailWriter {
  texts: TextSource
  renderer: Renderer
}

/** Puts texts and templates together, a shop's own before the built-in ones. */
export function createEmailWriter(
  { texts, folder, ...functions }: CustomParts,
  logger: Logger
): EmailWriter {
  return {
    texts: new TextSource(texts),
    renderer: new Renderer({ folder, functions }, logger),
  }
}
