import { execFileSync, spawnSync } from "child_process"
import { readdirSync, readFileSync, statSync } from "fs"
import { builtinModules } from "module"
import { join, relative } from "path"
import { exampleStore, theHarness } from "./stock-store"

interface Manifest {
  dependencies: Record<string, string>
  peerDependencies: Record<string, string>
}

describe("the package that a shop installs", () => {
  let folder: string
  let files: string[]

  beforeAll(() => {
    folder = join(theHarness().folder, "node_modules/medusa-plugin-order-claim")
    files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .filter((file) => !file.startsWith("node_modules"))
  })

  const run = (script: string) =>
    execFileSync(process.execPath, ["-e", script], {
      cwd: theHarness().folder,
      encoding: "utf8",
    })

  it("holds what Medusa loads, on every release, and what people read", () => {
    expect(files).toEqual(
      expect.arrayContaining([
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
        "index.js",
        "dist/index.d.ts",
        "dist/email/compiled-templates.js",
        "dist/texts/locales/en.json",
        "dist/texts/locales/zh-Hant.json",
        "dist/cli/index.js",
        "dist/admin/_virtual_entry.js",
        ...["", "dist/"].flatMap((at) => [
          `${at}api/index.js`,
          `${at}loaders/order-claim.js`,
          `${at}migrations/1700000000000-create-order-claim.js`,
          `${at}models/order-claim.js`,
          `${at}services/order-claim.js`,
          `${at}services/order-claim-notification.js`,
          `${at}subscribers/order-update-token-created.js`,
        ]),
      ])
    )
  })

  it("holds nothing else", () => {
    const strange = files.filter(
      (file) =>
        !/^(dist\/.*\.(js|d\.ts)|dist\/texts\/locales\/[\w-]+\.json|[a-z]+\/[\w-]+\.js)$/.test(
          file
        )
    )
    expect(strange.sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "docs/privacy.md",
      "index.js",
      "package.json",
    ])
    expect(files.filter((file) => /__tests__|spec/.test(file))).toEqual([])
  })

  it("holds a page and a widget in one file, which takes from the dashboard what that has", () => {
    const inAdmin = files.filter((file) => file.startsWith("dist/admin/"))
    expect(inAdmin).toEqual(["dist/admin/_virtual_entry.js"])

    const widget = readFileSync(join(folder, inAdmin[0]!), "utf8")
    const imported = [...widget.matchAll(/ from '([^']+)'/g)].map(
      ([, name]) => name
    )
    expect(imported.sort()).toEqual([
      "@medusajs/ui",
      "@tanstack/react-query",
      "medusa-react",
      "react",
      "react-router-dom",
      "react/jsx-runtime",
    ])
  })

  it("declares every package that it requires", () => {
    const manifest = JSON.parse(
      readFileSync(join(folder, "package.json"), "utf8")
    ) as Manifest
    const declared = Object.keys({
      ...manifest.dependencies,
      ...manifest.peerDependencies,
    })
    const required = files
      .filter((file) => file.endsWith(".js"))
      .map((file) => readFileSync(join(folder, file), "utf8"))
      .flatMap((code) => [...code.matchAll(/require\("([^".][^"]*)"\)/g)])
      .map(([, name = ""]) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name)
      .filter((name) => !builtinModules.includes(name))

    expect([...new Set(required)].sort()).toEqual(declared.sort())
  })

  it("loads neither nodemailer nor templates before the first mail", () => {
    const loaded = run(`
      for (const file of ["api", "loaders/order-claim", "services/order-claim",
        "services/order-claim-notification", "subscribers/order-update-token-created"]) {
        require("./node_modules/medusa-plugin-order-claim/" + file)
      }
      console.log(Object.keys(require.cache).join("\\n"))
    `)
    expect(loaded).toContain("medusa-plugin-order-claim/dist/services")
    const heavy =
      /node_modules\/(nodemailer|handlebars|i18next|commander)\/|order-claim\/.*(compiled-templates|locales\/)/
    expect(loaded.split("\n").filter((file) => heavy.test(file))).toEqual([])
  })

  it("gives those who import from it names and types", () => {
    const names = run(
      `console.log(Object.keys(require("medusa-plugin-order-claim")).sort().join())`
    )
    expect(names.trim()).toBe(
      "CLAIM_EVENTS,CLAIM_REQUESTED,OrderClaimRefusal,PROVIDER_ID"
    )
  })

  it("pleases publint and arethetypeswrong", () => {
    const script = join(__dirname, "../scripts/lint-package.mjs")
    const { tarball } = theHarness()
    const { stdout } = spawnSync(process.execPath, [script, tarball], {
      encoding: "utf8",
    })
    expect(stdout).toBe("")
  })

  it("is small, and runs nothing when it is installed", () => {
    expect(statSync(theHarness().tarball).size).toBeLessThan(400_000)
    const { scripts } = JSON.parse(
      readFileSync(join(folder, "package.json"), "utf8")
    ) as { scripts: Record<string, string> }
    expect(Object.keys(scripts)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(pre|post)?install$/)])
    )
    expect(Object.keys(scripts)).not.toContain("prepare")
  })

  it("brings little that a store does not have already, all freely licensed", () => {
    const packages = (file: string) =>
      (
        JSON.parse(readFileSync(file, "utf8")) as {
          packages: Record<string, { license?: string }>
        }
      ).packages
    const had = packages(join(exampleStore, "package-lock.json"))
    const has = packages(join(theHarness().folder, "package-lock.json"))
    const brought = Object.keys(has).filter((path) => !(path in had))

    expect(brought).toContain("node_modules/medusa-plugin-order-claim")
    expect(brought.length - 1).toBeLessThanOrEqual(20)
    const free = /^(MIT|MIT-0|ISC|BSD-[23]-Clause|Apache-2\.0)$/
    expect(
      brought.filter((path) => !free.test(has[path]?.license ?? ""))
    ).toEqual([])
  })
})
