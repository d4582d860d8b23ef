import { readFileSync } from "fs"
import { join } from "path"
import { Entry, entries } from "../src/options/entries"
import type { Field } from "./reference"

/** The files with the types of options. */
export const optionTypes = ["options.ts", "section-options.ts"].map((file) =>
  join(__dirname, "../src/options", file)
)

/** Options as a Markdown table: the meaning is TSDoc, the rest is the schema's. */
export function optionTable(fields: Field[]): string {
  const rows = entries.map((entry) =>
    [
      `\`${entry.path.join(".")}\``,
      defaultOf(entry, code),
      withCode(entry.expected),
      fieldOf(entry, fields).meaning,
    ]
      .map((cell) => cell.replace(/\|/g, "\\|"))
      .join(" | ")
  )
  const head = [
    "| option | default | expected | what it does |",
    "| --- | --- | --- | --- |",
  ]
  return [...head, ...rows.map((row) => `| ${row} |`)].join("\n")
}

/** `// from brand.ts` stands above the members that are made from that file. */
const INTERFACE =
  /(export interface (\w+) {\n +\/\/ from (\w+)\.ts.*\n)[\s\S]*?^}$/gm

/** The types of options, each interface with the members that its file declares. */
export function withMembers(source: string, fields: Field[]): string {
  const names = interfaceNames()
  return source.replace(
    INTERFACE,
    (_match, head: string, _name: string, file: string) => {
      const parent = file === "schema" ? "" : file
      const members = entries
        .filter(({ path }) => path.slice(0, -1).join(".") === parent)
        .map((entry) => member(entry, fieldOf(entry, fields), names))
      return `${head}${members.join("\n")}\n}`
    }
  )
}

/** The interfaces by the file that declares their options. */
function interfaceNames(): Map<string | undefined, string | undefined> {
  const sources = optionTypes.map((file) => readFileSync(file, "utf8"))
  return new Map(
    sources
      .flatMap((source) => [...source.matchAll(INTERFACE)])
      .map(([, , name, file]) => [file, name])
  )
}

/** A member of an interface, with its TSDoc. */
function member(
  entry: Entry,
  { type, meaning }: Field,
  interfaces: Map<string | undefined, string | undefined>
): string {
  const name = entry.path[entry.path.length - 1] ?? ""
  const optional = type.endsWith(" | undefined") ? "?" : ""
  const own = type
    .replace(/ \| undefined$/, "")
    .replace(/{.*}/, interfaces.get(name) ?? "$&")
  const standard = defaultOf(entry, (value) => value)
  const sentences = isSaidByType(own, entry)
    ? meaning
    : `${meaning} Expects ${withCode(entry.expected)}.`
  const lines = [
    ...wrapped(sentences),
    ...(standard ? [`@default ${standard}`] : []),
  ]
  return `${comment(lines)}\n${JSON.stringify(name)}${optional}: ${own}`
}

const isSaidByType = (type: string, { isSection }: Entry) =>
  isSection || type === "boolean" || type.startsWith('"')

function comment(lines: string[]): string {
  return lines.length === 1
    ? `/** ${lines.join("")} */`
    : ["/**", ...lines.map((line) => ` * ${line}`), " */"].join("\n")
}

const WIDTH = 74

/** Code stays on one line. */
function wrapped(text: string): string[] {
  const words = text.match(/(?:`[^`]*`|[^\s`])+/g) ?? []
  return words.reduce<string[]>((lines, word) => {
    const longer = [...lines.slice(-1), word].join(" ")
    return longer.length > WIDTH
      ? [...lines, word]
      : [...lines.slice(0, -1), longer]
  }, [])
}

function fieldOf({ path }: Entry, fields: Field[]): Field {
  const name = path.join(".")
  const found = fields.find((field) => field.path === name)
  if (!found) throw new Error(`the type of the options has no ${name}`)
  return found
}

/** The default: a value, or words for what holds without one. */
function defaultOf(
  { defaultValue, substitute }: Entry,
  asCode: (value: string) => string
): string {
  return defaultValue === undefined
    ? (substitute ?? "")
    : asCode(written(defaultValue))
}

/** A value as one writes it in the options. */
const written = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(written).join(", ")}]`
    : JSON.stringify(value)

const code = (text: string) => `\`${text}\``

/** Examples in a sentence, quoted or in braces, are code. */
const withCode = (sentence: string) => sentence.replace(/{.*}|"[^"]*"/g, code)
