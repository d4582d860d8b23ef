import { readFileSync } from "fs"
import { join } from "path"

export const folder = join(__dirname, "..", "locales")

/** Reads the texts of a language by key: `request.button` → `Yes, add these orders`. */
export function textsOf(language: string): Map<string, string> {
  const file = readFileSync(join(folder, `${language}.json`), "utf8")
  const texts = new Map<string, string>()
  const walk = (value: unknown, path: string[]): void => {
    if (typeof value === "string") texts.set(path.join("."), value)
    else {
      for (const [key, inner] of Object.entries(value as object)) {
        walk(inner, [...path, key])
      }
    }
  }
  walk(JSON.parse(file), [])
  return texts
}
