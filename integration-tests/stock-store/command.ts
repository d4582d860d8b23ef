import { spawn } from "node:child_process"

/** A command that runs to its end. */
export interface Command {
  /** The program, then its arguments. */
  line: [string, ...string[]]
  cwd: string
  /** Laid over the environment of this process. */
  env?: NodeJS.ProcessEnv
}

/**
 * Runs a command and returns everything it printed.
 *
 * @throws an Error that carries what was printed, when the command fails
 */
export async function run({ line, cwd, env }: Command): Promise<string> {
  const [program, ...args] = line
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, NODE_ENV: undefined, ...env },
    // open, so that leave-with-parent.js notices when this process is gone
    stdio: ["pipe", "pipe", "pipe"],
  })

  let printed = ""
  const keep = (chunk: Buffer) => (printed += chunk.toString())
  child.stdout.on("data", keep)
  child.stderr.on("data", keep)

  return new Promise((resolve, reject) => {
    child.once("error", reject)
    child.once("close", (code, signal) =>
      code === 0
        ? resolve(printed)
        : reject(
            new Error(
              `"${line.join(" ")}" ended with ${signal ?? code}:\n${printed}`
            )
          )
    )
  })
}
