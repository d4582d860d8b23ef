import { Renderer } from "../../email/renderer"
import { TextSource } from "../../texts/texts"
import type { Settings } from "../../options/settings"
import type { Composing } from "../compose"

const silent = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

/** What emails are composed with, in a shop with these settings. */
export function composingWith(
  settings: Settings,
  jwtSecret: string
): Composing {
  const { texts, folder, ...functions } = settings.templates
  return {
    settings,
    jwtSecret,
    texts: new TextSource(texts),
    renderer: new Renderer({ folder, functions }, silent),
  }
}
