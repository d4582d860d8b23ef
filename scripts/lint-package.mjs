/**
 * `node scripts/lint-package.mjs <tarball>`: what publint and arethetypeswrong
 * have against a packed package. Prints each problem; ends with 1 if there is one.
 */
import {
  checkPackage,
  createPackageFromTarballData,
} from "@arethetypeswrong/core"
import { readFileSync } from "node:fs"
import { publint } from "publint"
import { formatMessage } from "publint/utils"

const [file] = process.argv.slice(2)
const tarball = new Uint8Array(readFileSync(file))

const { messages, pkg } = await publint({
  pack: { tarball: tarball.buffer },
  level: "suggestion",
})
const { types, problems } = await checkPackage(
  createPackageFromTarballData(tarball)
)

// What Medusa reads of itself, in the form that it wants: files with a default
// export, and an ES module for the bundler of its dashboard. That one refuses it in
// a package whose "type" is "commonjs", so there is none.
const isMedusas = ({ code, path }) =>
  code === "USE_TYPE" || path?.join() === "exports,./dist/*"

const lines = [
  ...messages
    .filter((each) => !isMedusas(each))
    .map((message) => `publint: ${formatMessage(message, pkg)}`),
  ...(types ? [] : ["arethetypeswrong: there are no types"]),
  ...(problems ?? []).map(
    ({ kind, entrypoint, resolutionKind }) =>
      `arethetypeswrong: ${kind} ${entrypoint ?? ""} ${resolutionKind ?? ""}`
  ),
]
for (const line of lines) console.log(line)
process.exitCode = lines.length ? 1 : 0
