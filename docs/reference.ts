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
}

const root = join(__dirname, "..")
const MAX_TYPE = 40

/** The documents with parts that the sources write. */
export const documents = [join(__dirname, "email.md")]

/** What stands in the column of examples. */
const examples: Record<string, unknown> = {
  "claim-request": requestView(),
  "claim-confirmed": confirmedView("recipient"),
}

const PART = /<!-- fields: (\S+) (\S+) (\S+) -->\n[\s\S]*?<!-- end -->/g

/** A document with these parts as the sources say them now. */
export function withReference(document: string): string {
  return document.replace(
    PART,
    (_, file: string, name: string, example: string) => {
      const rows = table(fieldsOf(file, name), examples[example])
      return `<!-- fields: ${file} ${name} ${example} -->\n\n${rows}\n\n<!-- end -->`
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
  return ts
    .displayPartsToString(symbol.getDocumentationComment(checker))
    .replace(/\s+/g, " ")
    .trim()
}

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
