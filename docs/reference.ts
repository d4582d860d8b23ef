import { join } from "path"
import ts from "typescript"
import {
  confirmedView,
  requestView,
  revertedView,
} from "../src/email/__tests__/views"
import { optionTable, optionTypes, withMembers } from "./option-reference"

/** One field of a documented type. */
export interface Field {
  /** `orders[].items[].title` */
  path: string
  type: string
  /** Its TSDoc, on one line. */
  meaning: string
}

const root = join(__dirname, "..")
const MAX_TYPE = 40

/** The files with parts that the sources write. */
export const documents = [
  join(__dirname, "email.md"),
  join(__dirname, "options.md"),
  ...optionTypes,
]

/** The values in the column of examples. */
const examples: Record<string, unknown> = {
  "claim-request": requestView(),
  "claim-confirmed": confirmedView("recipient"),
  "claim-reverted": revertedView("recipient"),
}

const PART =
  /<!-- (fields|shared|options): (\S+) (\S+)(?: (\S+))? -->[\s\S]*?<!-- end -->/g

/** A file with these parts as the sources say them now. */
export function withReference(file: string, content: string): string {
  if (file.endsWith(".ts")) return withMembers(content, optionFields())
  return content.replace(
    PART,
    (part, kind: string, source: string, name: string, example?: string) => {
      const fields = fieldsOf(source, name)
      const shown = fields.filter(
        ({ path }) => sharedPaths().has(path) === (kind === "shared")
      )
      const rows =
        kind === "options"
          ? optionTable(fields)
          : table(shown, examples[example ?? ""])
      const [head = ""] = part.split("\n")
      return `${head}\n\n${rows}\n\n<!-- end -->`
    }
  )
}

/** The views of the messages. */
export const viewFields = () => [
  fieldsOf("src/email/request-view.ts", "ClaimRequestView"),
  fieldsOf("src/email/confirmed-view.ts", "ClaimConfirmedView"),
  fieldsOf("src/email/reverted-view.ts", "ClaimRevertedView"),
]

/** The fields that mean the same in every view: they have a table of their own. */
export function sharedPaths(): Set<string> {
  const [first = [], ...others] = viewFields()
  const shared = first.filter((field) =>
    others.every((fields) => fields.some((other) => isSame(field, other)))
  )
  return new Set(shared.map(({ path }) => path))
}

const isSame = (a: Field, b: Field) =>
  a.path === b.path && a.type === b.type && a.meaning === b.meaning

/** The options, as the schema documents them. */
export const optionFields = () =>
  fieldsOf("src/options/schema.ts", "GivenOptions")

/** The files whose types are documented. */
const SOURCES = [
  "src/email/request-view.ts",
  "src/email/confirmed-view.ts",
  "src/email/reverted-view.ts",
  "src/options/schema.ts",
]

const known = new Map<string, Field[]>()

/** The fields of an exported interface, nested ones included, as the source documents them. */
export function fieldsOf(file: string, name: string): Field[] {
  const key = `${file} ${name}`
  const found = known.get(key) ?? readFields(file, name)
  known.set(key, found)
  return found
}

let sources: ts.Program | undefined

/** Reads the sources once; of all packages with types only Node's belong to them. */
const readSources = () =>
  (sources ??= ts.createProgram(
    SOURCES.map((file) => join(root, file)),
    {
      strict: true,
      esModuleInterop: true,
      target: ts.ScriptTarget.ES2021,
      module: ts.ModuleKind.CommonJS,
      skipLibCheck: true,
      types: ["node"],
    }
  ))

function readFields(file: string, name: string): Field[] {
  const program = readSources()
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(join(root, file))
  const symbol = checker
    .getExportsOfModule(checker.getSymbolAtLocation(source!)!)
    .find((exported) => exported.name === name)
  if (!symbol) throw new Error(`${file} exports no ${name}`)
  return fields(checker, checker.getDeclaredTypeOfSymbol(symbol), "")
}

function fields(
  checker: ts.TypeChecker,
  type: ts.Type,
  under: string
): Field[] {
  return type.getProperties().flatMap((property) => {
    const path = under + property.name
    const own = checker.getNonNullableType(checker.getTypeOfSymbol(property))
    const field = {
      path,
      type: print(checker, checker.getTypeOfSymbol(property)),
      meaning: oneLine(checker, property),
    }
    const item = checker.isArrayType(own)
      ? checker.getTypeArguments(own as ts.TypeReference)[0]
      : undefined
    const inner = item ?? own
    const nested = (inner.isUnion() ? inner.types : [inner])
      .filter(isOurs)
      .flatMap((type) => fields(checker, type, `${path}${item ? "[]" : ""}.`))
    return [field, ...nested]
  })
}

/** An interface or an object of this project: not a function, not text. */
function isOurs(type: ts.Type): boolean {
  const isObject =
    type.isClassOrInterface() ||
    (type.flags & ts.TypeFlags.Object && type.symbol?.name === "__type")
  return Boolean(isObject) && type.getCallSignatures().length === 0
}

function print(checker: ts.TypeChecker, type: ts.Type): string {
  return checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation)
}

function oneLine(checker: ts.TypeChecker, symbol: ts.Symbol): string {
  const comment = symbol.getDocumentationComment(checker)
  return ts.displayPartsToString(comment).replace(/\s+/g, " ").trim()
}

/** A Markdown table of them. */
export function table(fields: Field[], example?: unknown): string {
  const head = example
    ? "| field | type | means | example |\n| --- | --- | --- | --- |"
    : "| field | type | means |\n| --- | --- | --- |"
  const rows = fields.map(({ path, type, meaning }) => {
    const cells = [`\`${path}\``, `\`${shorten(type)}\``, meaning]
    if (example) cells.push(show(pick(example, path)))
    return `| ${cells.map(escape).join(" | ")} |`
  })
  return [head, ...rows].join("\n")
}

const shorten = (type: string) =>
  type.length > MAX_TYPE || type.startsWith("{") ? "object" : type

function pick(example: unknown, path: string): unknown {
  return path
    .replace(/\[\]/g, ".0")
    .split(".")
    .reduce<unknown>(
      (value, key) => (Object(value) as Record<string, unknown>)[key],
      example
    )
}

function show(value: unknown): string {
  const isShort = ["string", "number", "boolean"].includes(typeof value)
  return isShort ? `\`${value as string | number | boolean}\`` : ""
}

/** A cell of a Markdown table. */
export const escape = (cell: string) =>
  cell.replace(/\|/g, "\\|").replace(/\n/g, " ")
