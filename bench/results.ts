import fs from "node:fs/promises"
import path from "node:path"
import prettier from "prettier"

import { repository } from "../integration-tests/stock-store"

const document = path.join(repository, "docs", "benchmarks.md")
const place = /(<!-- results -->\n)[^]*(<!-- end of results -->)/

/** Writes results into their place in docs/benchmarks.md. */
export async function writeResults(results: string): Promise<void> {
  const text = await fs.readFile(document, "utf8")
  if (!place.test(text)) {
    throw new Error(`${document} has no place for results`)
  }
  const written = text.replace(
    place,
    (_all, start: string, end: string) => `${start}\n${results}\n\n${end}`
  )
  const options = await prettier.resolveConfig(document)
  await fs.writeFile(
    document,
    await prettier.format(written, { ...options, filepath: document })
  )
}
