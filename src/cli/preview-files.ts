import { writeFileSync } from "fs"
import { join } from "path"

/**
 * Writes a mail or a page twice: always light and always dark, whatever the browser
 * prefers.
 *
 * @returns the path of its files, without their endings
 */
export function writeBoth(folder: string, name: string, html: string): string {
  const file = join(folder, name)
  writeFileSync(`${file}-light.html`, html.replace(DARK_MODE, "(max-width: 0)"))
  writeFileSync(`${file}-dark.html`, html.replace(DARK_MODE, "(min-width: 0)"))
  return file
}

const DARK_MODE = /\(prefers-color-scheme:\s*dark\)/g
