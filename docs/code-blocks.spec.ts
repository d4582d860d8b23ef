import { readdirSync, readFileSync } from "fs"
import Handlebars from "handlebars"
import { join } from "path"
import { runInNewContext } from "vm"
import * as store from "../examples/store/package.json"
import { name, scripts } from "../package.json"
import { program } from "../src/cli/program"
import { ownRequestView, requestView } from "../src/email/__tests__/views"
import { parseOptions } from "../src/options/settings"
import { Block, codeBlocks, root } from "./code-blocks"
import { typeErrors } from "./type-errors"

const blocks = codeBlocks()
const inLanguage = (...languages: string[]) =>
  blocks.filter(({ language }) => languages.includes(language))

describe("the code in README and docs", () => {
  it("is of a kind that is checked here, or a drawing", () => {
    // http and json: integration-tests/api-docs.spec.ts plays them;
    // mermaid: figures.spec.ts compares it with the sources
    const known = [
      "bash",
      "handlebars",
      "http",
      "js",
      "json",
      "mermaid",
      "sql",
      "text",
      "ts",
      "tsx",
    ]
    expect(blocks.filter((b) => !known.includes(b.language))).toEqual([])
    expect(inLanguage("ts", "tsx").length).toBeGreaterThan(3)
  })

  it("type-checks", () => {
    // `next build` checks the rest of that app, with the packages it has
    const checked = inLanguage("ts", "tsx").filter((block) => !appFile(block))
    expect(typeErrors([...checked, ...appComponents()])).toEqual([])
    expect(typeErrors(inLanguage("js"))).toEqual([])
  })

  it("is what the app on Next.js has, where it names a file of it", () => {
    const shown = blocks.filter(appFile)
    expect(shown.length).toBeGreaterThan(5)
    for (const block of shown) {
      const file = readFileSync(join(root, appFile(block)!), "utf8")
      expect(block.code.replace(/^.*\n/, "")).toBe(file)
    }
  })

  it("would be told apart from code that does not type-check", () => {
    const code = 'import Medusa from "@medusajs/medusa-js"\nnew Medusa(1)\n'
    expect(typeErrors([{ at: "wrong", language: "ts", code }])).toHaveLength(1)
    const js =
      'const { fetched } = require("./mail-api")\nfetched(AbortSignl)\n'
    expect(typeErrors([{ at: "wrong", language: "js", code: js }])).toEqual([
      expect.stringContaining("'./mail-api'"),
      expect.stringContaining("'AbortSignl'"),
    ])
  })

  it("renders as a shop's own template, to the claimant's own address and to others", () => {
    const templates = inLanguage("handlebars")
    expect(templates).toHaveLength(1)
    for (const { code } of templates) {
      const render = Handlebars.compile(code, { strict: true })
      const own = render(ownRequestView())
      expect(own).toContain("November 21, 2026.")
      expect(own).toContain("action&#x3D;decline")
      expect(own).toContain("you have to log in")
      expect(own).not.toContain("***")
      expect(render(requestView())).toContain(
        "Clara Customer (c***@example.com)"
      )
      expect(render(requestView())).not.toContain("log in")
    }
  })

  /** The blocks that are a part of medusa-config.js; mail-service.ts runs the others. */
  const configs = inLanguage("js").filter(({ code }) =>
    /^const (plugins|modules) = /m.test(code)
  )

  const run = ({ code }: Block) =>
    runInNewContext(
      `${code}; ({ ...(typeof plugins === "object" && { plugins }),
        ...(typeof modules === "object" && { modules }) })`,
      {
        process: { env: { SMTP_URL: "smtps://user:password@mail.example" } },
        // integration-tests/brands.spec.ts runs what is a module
        module: {},
        require: (file: string) => file,
      }
    ) as {
      plugins?: { resolve: string; options: object }[]
      modules?: Record<string, { resolve: string }>
    }

  it("configures the plugin with options that pass in production", () => {
    const configured = configs.flatMap((b) => run(b).plugins ?? [])

    expect(configured.map(({ resolve }) => resolve)).toEqual([name])
    const { options } = configured[0]!
    expect(Object.keys(options)).toHaveLength(3)
    expect(() =>
      parseOptions(options, { NODE_ENV: "production" })
    ).not.toThrow()
  })

  it("tells an editor the options in medusa-config.js, by one line", () => {
    const [block] = configs.filter(({ code }) => code.includes("@type"))
    const errorsWith = (correct: string, wrong: string) => {
      expect(block!.code).toContain(correct)
      const code = block!.code.replace(correct, wrong)
      return typeErrors([{ ...block!, code }]).join("\n")
    }
    expect(errorsWith("claim_url:", "claim_url:")).toBe("")
    expect(errorsWith("claim_url:", "claim_link:")).toContain("'claim_link'")
    expect(errorsWith("from:", "link_ttl: 24, from:")).toContain(
      "Type 'number' is not assignable"
    )
    expect(errorsWith("from:", 'brand: { colour: "" }, from:')).toContain(
      "'colour'"
    )
  })

  it("configures modules that the stock store has", () => {
    const configured = configs.flatMap((block) =>
      Object.values(run(block).modules ?? {})
    )
    expect(configured.map(({ resolve }) => resolve)).toEqual([
      "@medusajs/event-bus-redis",
    ])
    expect(Object.keys(store.dependencies)).toEqual(
      expect.arrayContaining(configured.map(({ resolve }) => resolve))
    )
  })

  it("names commands that exist", () => {
    const lines = inLanguage("bash").flatMap(({ code }) =>
      code
        .trim()
        .split("\n")
        .map((line) => line.trim())
    )
    const known = [
      // integration-tests/stock-store runs these in a stock store
      `npm install ${name}`,
      "npx medusa migrations run",
      "npx medusa start",
      "openssl rand -hex 32",
      // a project of jest.config.js, a variable of integration-tests/campaign.ts
      "ORDER_CLAIM_LONG=1 npm test",
      "npx jest --selectProjects store -i --testPathPatterns confirm",
      ...Object.keys(scripts).flatMap((script) => [
        `npm run ${script}`,
        `npm ${script}`,
      ]),
    ]
    const ours = lines.filter((line) => line.startsWith(`npx ${name} `))
    const others = lines.filter((line) => !ours.includes(line))
    expect(others.filter((line) => !known.includes(line))).toEqual([])
    expect(ours.filter((line) => !isUnderstood(line))).toEqual([])
    expect(ours.length).toBeGreaterThan(3)
    expect(lines).toEqual(expect.arrayContaining(["npm run demo", "npm test"]))
  })
})

/** The command line as installed: integration-tests/cli.spec.ts runs it. */
function isUnderstood(line: string): boolean {
  const words = line.split(" ").slice(2)
  const command = program().commands.find((each) => each.name() === words[0])
  if (!command) return words.join() === "--help"
  const { unknown, operands } = command.parseOptions(words.slice(1))
  return unknown.length === 0 && operands.length === 0
}

const APP = "examples/nextjs/"

/** `// examples/nextjs/src/lib/store.ts` in the first line. */
const appFile = ({ code }: Block): string | undefined =>
  /^\/\/ (examples\/nextjs\/\S+)\n/.exec(code)?.[1]

/** The app's components, as files beside those that the document shows for any React. */
function appComponents(): Block[] {
  const folder = "src/components"
  return readdirSync(join(root, APP, folder)).map((file) => ({
    at: "docs/storefront.md-0",
    language: "tsx",
    code: `// ${folder}/${file}\n${readFileSync(join(root, APP, folder, file), "utf8")}`,
  }))
}
