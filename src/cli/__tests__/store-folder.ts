import { mkdtempSync, rmSync, writeFileSync } from "fs"
import { tmpdir } from "os"
import { join } from "path"

const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })))

/** Makes a folder for a test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "order-claim-cli-"))
  folders.push(folder)
  return folder
}

/** Writes a medusa-config.js with this code. */
export function configFile(code: string): string {
  const file = join(newFolder(), "medusa-config.js")
  writeFileSync(file, code)
  return file
}

/** Writes the medusa-config.js of a shop; `options` as a string is JavaScript. */
export function shopConfig(options: string | object, rest = ""): string {
  const code = typeof options === "string" ? options : JSON.stringify(options)
  return configFile(`module.exports = {
    plugins: [{ resolve: "medusa-plugin-order-claim", options: ${code} }],
    ${rest}
  }`)
}

/** The options that every shop has. */
export const SHOP = {
  claim_url: "https://shop.example/claim",
  from: "Hill & Valley <orders@shop.example>",
}

/** Collects the output until the test ends. */
export function captureOutput(): string[] {
  const lines: string[] = []
  const keep = (...words: unknown[]) => void lines.push(words.join(" "))
  for (const method of ["log", "info", "error"] as const) {
    jest.spyOn(console, method).mockImplementation(keep)
  }
  return lines
}
afterEach(() => jest.restoreAllMocks())
