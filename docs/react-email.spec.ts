import { execFileSync } from "child_process"
import { mkdirSync, writeFileSync } from "fs"
import { join } from "path"
import ts from "typescript"
import type { Email } from "../src/email/email"
import { requestView } from "../src/email/__tests__/views"
import { codeBlocks, root } from "./code-blocks"

// Inside the repository, so that Node finds the packages it imports.
const folder = join(root, ".cache", "react-email")

/**
 * Runs the example of docs/email.md as it stands there, in a process of its own:
 * React Email imports its renderer in a way that jest does not let it.
 */
function runExample(view: object): Email {
  const block = codeBlocks().find(({ code }) => code.includes("@react-email"))
  const { outputText } = ts.transpileModule(block!.code, {
    compilerOptions: {
      jsx: ts.JsxEmit.ReactJSX,
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2021,
      esModuleInterop: true,
    },
  })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, "example.js"), outputText)
  const script = `require("./example").claimRequest(${JSON.stringify(view)})
    .then((email) => process.stdout.write(JSON.stringify(email)))`
  const output = execFileSync(process.execPath, ["-e", script], {
    cwd: folder,
    encoding: "utf8",
  })
  return JSON.parse(output) as Email
}

describe("the example with React Email", () => {
  it("makes the mail, with every value escaped", () => {
    const view = requestView({ claimant: { first_name: "<b>" } })
    const { subject, html, text } = runExample(view)

    expect(subject).toBe(view.texts.subject)
    expect(html).toContain('<html dir="ltr" lang="en"')
    expect(html).toContain("&lt;b&gt;")
    expect(html).toContain(view.link.replace(/&/g, "&amp;"))
    expect(text).toContain(view.link)
  })
})
