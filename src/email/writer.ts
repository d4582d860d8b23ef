import { TextOverrides, TextSource } from "../texts/texts"
import type { Logger } from "../values/logger"
import { Renderer, TemplateFunctions } from "./renderer"

/** A shop's own texts, folder of templates and template functions. */
export interface CustomParts extends TemplateFunctions {
  texts: TextOverrides
  folder?: string | undefined
}

/** The parts that write emails. */
export interface EmailWriter {
  texts: TextSource
  renderer: Renderer
}

/** Combines texts and templates, a shop's own before the built-in ones. */
export function createEmailWriter(
  { texts, folder, ...functions }: CustomParts,
  logger: Logger
): EmailWriter {
  return {
    texts: new TextSource(texts),
    renderer: new Renderer({ folder, functions }, logger),
  }
}
