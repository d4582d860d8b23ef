import { spawn } from "node:child_process"
import { join } from "node:path"
import { theHarness } from "./stock-store"

/** The output of a command, and its exit code. */
export interface CommandResult {
  code: number | null
  out: string
  err: string
}

/** Runs what npx runs in the store's folder; resolves when it has ended. */
export function pluginCli(
  line: string[],
  env: NodeJS.ProcessEnv
): Promise<CommandResult> {
  return new Promise((ended) => {
    const { folder } = theHarness()
    const child = spawn(
      join(folder, "node_modules/.bin/medusa-plugin-order-claim"),
      line,
      { cwd: folder, env: { ...process.env, ...env } }
    )
    const said = { out: "", err: "" }
    child.stdout.on("data", (text) => (said.out += String(text)))
    child.stderr.on("data", (text) => (said.err += String(text)))
    child.once("close", (code) => ended({ code, ...said }))
  })
}
