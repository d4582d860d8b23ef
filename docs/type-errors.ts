import { join } from "path"
import ts from "typescript"
import { name } from "../package.json"
import { type Block, root } from "./code-blocks"

/**
 * A file of its own; one whose first line names it (`// src/lib/order-claim.ts`)
 * can be imported by the others of its document.
 */
function fileName({ at, language, code }: Block): string {
  const [, document = "", number = ""] = /^(.*)-(\d+)$/.exec(at) ?? [at, at]
  const named = /^\/\/ (\S+\.(?:tsx?|js))\n/.exec(code)?.[1]
  return join(document.replace(/\W/g, "-"), named ?? `${number}.${language}`)
}

/** The declarations of packages; reading them takes most of a check's time. */
const declarations = new Map<string, ts.SourceFile | undefined>()

/** Lets JavaScript leave out the types of parameters, as editors do. */
const javascript: ts.CompilerOptions = {
  allowJs: true,
  checkJs: true,
  noImplicitAny: false,
  moduleDetection: ts.ModuleDetectionKind.Force,
  types: ["node"],
}

/** The errors that TypeScript finds in these blocks, which are of one language. */
export function typeErrors(checked: Block[]): string[] {
  const sources = new Map(
    checked.map((block) => [join(root, fileName(block)), block.code])
  )
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    esModuleInterop: true,
    jsx: ts.JsxEmit.ReactJSX,
    target: ts.ScriptTarget.ES2021,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    experimentalDecorators: true,
    types: [],
    baseUrl: root,
    paths: { [name]: ["src/index.ts"] },
    ...(checked.every(({ language }) => language === "js") && javascript),
  }
  const host = ts.createCompilerHost(options)
  const disk = { ...host }
  host.fileExists = (file) => sources.has(file) || disk.fileExists(file)
  host.readFile = (file) => sources.get(file) ?? disk.readFile(file)
  host.getSourceFile = (file, ...rest) => {
    if (sources.has(file)) return disk.getSourceFile(file, ...rest)
    if (!declarations.has(file)) {
      declarations.set(file, disk.getSourceFile(file, ...rest))
    }
    return declarations.get(file)
  }
  // TypeScript looks for imports in folders that exist, and nowhere else
  host.directoryExists = (folder) =>
    [...sources.keys()].some((file) => file.startsWith(`${folder}/`)) ||
    ts.sys.directoryExists(folder)
  const program = ts.createProgram([...sources.keys()], options, host)
  return [...sources.keys()]
    .flatMap((file) =>
      ts.getPreEmitDiagnostics(program, program.getSourceFile(file))
    )
    .map(({ file, messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, "\n")
      return `${file?.fileName ?? ""}: ${text}`
    })
}
