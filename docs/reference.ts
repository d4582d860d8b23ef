import { join } from "path"
import ts from "typescript"
import { confirmedView, requestView } from "../src/email/__tests__/views"

/** One field of a documented type. */
export interface Field {
  /** `orders[].items[].title` */
  path: string
  type: string
  /** Its TSDoc, on one line. */
  meaning: string
  /** Of an option: its `@default`, or nothing. */
  standard: string
}

const root = join(__dirname, "..")
const MAX_TYPE = 40

/** The documents with parts that the sources write. */
export const documents = ["email.md", "options.md"].map((file) =>
  join(__dirname, file)
)

/** What stands in the column of examples. */
const examples: Record<string, unknown> = {
  "claim-request": requestView(),
  "claim-confirmed": confirmedView("recipient"),
}

const PART =
  /<!-- (fields|options): (\S+) (\S+)(?: (\S+))? -->[\s\S]*?<!-- end -->/g

/** A document with these parts as the sources say them now. */
export function withReference(document: string): string {
  return document.replace(
    PART,
    (part, kind: string, file: string, name: string, example?: string) => {
      const fields = fieldsOf(file, name)
      const rows =
        kind === "options"
          ? optionTable(fields)
          : table(fields, examples[example ?? ""])
      const [head = ""] = part.split("\n")
      return `${head}\n\n${rows}\n\n<!-- end -->`
    }
  )
}

const known = new Map<string, Field[]>()

/** The fields of an exported interface, nested ones included, as the source documents them. */
export function fieldsOf(file: string, name: string): Field[] {
  const key = `${file} ${name}`
  const found = known.get(key) ?? readFields(file, name)
  known.set(key, found)
  return found
}

function readFields(file: string, name: string): Field[] {
  const program = ts.createProgram([join(root, file)], {
    strict: true,
    esModuleInterop: true,
    target: ts.ScriptTarget.ES2021,
    module: ts.ModuleKind.CommonJS,
    skipLibCheck: true,
  })
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
      standard: tagOf(checker, property, "default"),
    }
    const item = checker.isArrayType(own)
      ? checker.getTypeArguments(own as ts.TypeReference)[0]
      : undefined
    const inner = item ?? own
    const isOurs =
      inner.isClassOrInterface() ||
      (inner.flags & ts.TypeFlags.Object && inner.symbol?.name === "__type")
    const isCallable = inner.getCallSignatures().length > 0
    const nested =
      isOurs && !isCallable
        ? fields(checker, inner, `${path}${item ? "[]" : ""}.`)
        : []
    return [field, ...nested]
  })
}

function print(checker: ts.TypeChecker, type: ts.Type): string {
  const text = checker.typeToString(
    type,
    undefined,
    ts.TypeFormatFlags.NoTruncation
  )
  return text.length > MAX_TYPE || text.startsWith("{") ? "object" : text
}

function oneLine(checker: ts.TypeChecker, symbol: ts.Symbol): string {
  return inOneLine(symbol.getDocumentationComment(checker))
}

function tagOf(
  checker: ts.TypeChecker,
  symbol: ts.Symbol,
  name: string
): string {
  const tags = symbol.getJsDocTags(checker)
  return inOneLine(tags.find((tag) => tag.name === name)?.text)
}

const inOneLine = (parts: ts.SymbolDisplayPart[] | undefined) =>
  ts.displayPartsToString(parts).replace(/\s+/g, " ").trim()

/** Options as a Markdown table, with what stands for one that is not given. */
function optionTable(fields: Field[]): string {
  const rows = fields.map(({ path, meaning, standard }) =>
    [`\`${path}\``, codeIn(standard), meaning].map(escape).join(" | ")
  )
  const head = ["| option | default | what it does |", "| --- | --- | --- |"]
  return [...head, ...rows.map((row) => `| ${row} |`)].join("\n")
}

/** A default that is a value, and not a sentence, is code. */
const codeIn = (standard: string) =>
  /^("[^"]*"|[\w.]+|{.*})$/.test(standard) ? `\`${standard}\`` : standard

/** A Markdown table of them. */
export function table(fields: Field[], example?: unknown): string {
  const head = example
    ? "| field | type | means | example |\n| --- | --- | --- | --- |"
    : "| field | type | means |\n| --- | --- | --- |"
  const rows = fields.map(({ path, type, meaning }) => {
    const cells = [`\`${path}\``, `\`${type}\``, meaning]
    if (example) cells.push(show(pick(example, path)))
    return `| ${cells.map(escape).join(" | ")} |`
  })
  return [head, ...rows].join("\n")
}

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

const escape = (cell: string) => cell.replace(/\|/g, "\\|").replace(/\n/g, " ")
