import { execFileSync } from "child_process"
import { readFileSync } from "fs"
import { withReference } from "./reference"

const prettier = require.resolve("prettier/bin/prettier.cjs")

/**
 * A document as `npm run docs` writes it: with its parts as the sources say them
 * now, formatted as `npm run lint` checks it. Prettier's command line reads the
 * project's .prettierrc, which also decides about the code blocks; its function
 * `format` does not.
 */
export function updated(file: string): string {
  return execFileSync(process.execPath, [prettier, "--stdin-filepath", file], {
    input: withReference(file, readFileSync(file, "utf8")),
    encoding: "utf8",
  })
}
