import { execFileSync } from "child_process"
import { join, relative, resolve, sep } from "path"

const src = resolve(__dirname, "..")

/** The files that a server's start loads, in a process of its own. */
function loadedFiles(): string[] {
  const script = join(__dirname, "at-start.js")
  const output = execFileSync(
    process.execPath,
    ["--require", "tsx/cjs", script],
    { cwd: resolve(src, ".."), encoding: "utf8" }
  )
  return JSON.parse(output) as string[]
}

const packageOf = (file: string) =>
  /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]

/** The folders whose code waits for a claim, a mail or a page. */
const LATER =
  /^(runtime\b|(actions|cli|email|hosted-page|outbox|texts|transports)\/)/

/** The few files of theirs that options and routes use themselves. */
const LIGHT = [
  "actions/lookup.ts",
  "email/order-view.ts",
  "email/person-view.ts",
  "email/plain-text.ts",
  "hosted-page/conversation.ts",
  "hosted-page/page-state.ts",
  "texts/dates.ts",
  "texts/locale.ts",
  "texts/texts.ts",
  "texts/unit-words.ts",
  "transports/ses.ts",
]

describe("a server's start", () => {
  let files: string[]
  let own: string[]

  beforeAll(() => {
    files = loadedFiles().map((file) => file.split(sep).join("/"))
    own = files
      .map((file) => relative(src, file).split(sep).join("/"))
      .filter((file) => !file.startsWith("../"))
  }, 60_000)

  it("loads what Medusa calls, and what checks the options", () => {
    expect(own).toEqual(
      expect.arrayContaining([
        "api/index.ts",
        "loaders/order-claim.ts",
        "models/order-claim.ts",
        "options/schema.ts",
        "services/order-claim.ts",
        "services/order-claim-notification.ts",
        "subscribers/order-update-token-created.ts",
      ])
    )
  })

  it("loads no package that only a mail or a page needs", () => {
    const packages = new Set(files.map(packageOf))
    expect(packages).toContain("zod")
    for (const name of ["commander", "handlebars", "i18next", "nodemailer"]) {
      expect(packages).not.toContain(name)
    }
  })

  it("leaves what works on claims to its first use", () => {
    expect(own.filter((file) => LATER.test(file)).sort()).toEqual(LIGHT)
  })

  // A stock server never loads it.
  it("does without the index of @medusajs/medusa", () => {
    const index = /@medusajs\/medusa\/dist\/index\.js$/
    expect(files.filter((file) => index.test(file))).toEqual([])
  })
})
