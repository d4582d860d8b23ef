import { writeFileSync } from "fs"
import { join } from "path"

/**
 * Writes a mail or a page twice: as the browser prefers it, and always dark.
 *
 * @returns the path of its files, without their endings
 */
export function writeBoth(folder: string, name: string, html: string): string {
  const file = join(folder, name)
  writeFileSync(`${file}.html`, html)
  writeFileSync(`${file}-dark.html`, alwaysDark(html))
  return file
}

/** Makes HTML look as in dark mode, whatever this browser prefers. */
function alwaysDark(html: string): string {
  return html.replace(/\(prefers-color-scheme:\s*dark\)/g, "(min-width: 0)")
}
