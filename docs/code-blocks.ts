import { readdirSync, readFileSync } from "fs"
import { join } from "path"

export const root = join(__dirname, "..")

/** A piece of code in README or docs. */
export interface Block {
  /** `README.md-2`: the second block of that file. */
  at: string
  language: string
  code: string
}

/** All of them; tests run or type-check each. */
export function codeBlocks(): Block[] {
  const documents = readdirSync(__dirname).filter((file) =>
    file.endsWith(".md")
  )
  return [
    "README.md",
    "CONTRIBUTING.md",
    ...documents.map((file) => join("docs", file)),
  ]
    .map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }))
    .flatMap(({ file, text }) =>
      [...text.matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```$/gm)].map(
        ([, language = "", code = ""], index) => ({
          at: `${file}-${index + 1}`,
          language,
          code,
        })
      )
    )
}
