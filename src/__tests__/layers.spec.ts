import { existsSync, readdirSync, readFileSync } from "fs"
import { dirname, join, relative, resolve } from "path"
import ts from "typescript"

const src = resolve(__dirname, "..")

const sources = (folder = src): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      return entry.name === "__tests__" ? [] : sources(path)
    }
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })

/** Lists the files that a file imports, types included. */
const importsOf = (file: string): string[] =>
  ts
    .preProcessFile(readFileSync(file, "utf8"), true, true)
    .importedFiles.filter(({ fileName }) => fileName.startsWith("."))
    .flatMap(({ fileName }) => {
      const path = resolve(dirname(file), fileName)
      const candidates = [".ts", ".tsx", "/index.ts"].map((end) => path + end)
      return candidates.filter((candidate) => existsSync(candidate))
    })

/** Finds the first circle of imports that a file is part of. */
function circleFrom(
  file: string,
  graph: Map<string, string[]>,
  done: Set<string>,
  path: string[] = []
): string[] | undefined {
  if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
  if (done.has(file)) return undefined
  for (const imported of graph.get(file) ?? []) {
    const circle = circleFrom(imported, graph, done, [...path, file])
    if (circle) return circle
  }
  done.add(file)
  return undefined
}

describe("imports", () => {
  const files = sources()
  const graph = new Map(files.map((file) => [file, importsOf(file)]))

  // ESLint's rule about circles ignores type imports.
  it("form no circle, not even with types", () => {
    const done = new Set<string>()
    const circles = files.flatMap((file) => circleFrom(file, graph, done) ?? [])
    expect(circles.map((file) => relative(src, file))).toEqual([])
  })

  it("are read from every file", () => {
    const courier = join(src, "outbox", "courier.ts")
    const imported = (graph.get(courier) ?? []).map((f) => relative(src, f))
    expect(imported).toContain(join("outbox", "compose.ts"))
    expect(imported).toContain(join("db", "database.ts"))
  })
})

it("every folder and file of src has its layer", () => {
  const { layers } = jest.requireActual<{ layers: string[][] }>(
    "../../scripts/layers"
  )
  const names = readdirSync(src).filter((name) => name !== "__tests__")
  expect(layers.flat().sort()).toEqual(names.sort())
})
