import { spawn, type ChildProcess } from "node:child_process"
import type { Socket } from "node:net"

/** The end of a process. */
export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

/** A process that serves until it is stopped. */
export interface Child {
  pid: number
  /** Everything it printed so far, stdout and stderr as they came. */
  log(): string
  /** Resolves with the match as soon as the log has it. */
  waitForLog(what: string | RegExp, timeout?: number): Promise<RegExpMatchArray>
  exited: Promise<Exit>
  /** SIGTERM; SIGKILL for one that has not gone after ten seconds. */
  stop(): Promise<Exit>
  /** SIGKILL: nothing inside gets to say goodbye. */
  kill(): Promise<Exit>
  /** The same process, with a log that begins now. */
  fromNow(): Child
  /** Lets this process end although the child still runs. */
  unref(): void
}

/** The command to start, and the name that errors use for it. */
export interface ChildOptions {
  name: string
  line: [string, ...string[]]
  cwd: string
  env?: NodeJS.ProcessEnv
}

const toRegExp = (what: string | RegExp) =>
  typeof what === "string"
    ? new RegExp(what.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    : what

/**
 * Starts a server in a process group of its own: Ctrl-C reaches only the
 * process that started it, which then stops its servers in order. Its stdin
 * stays open as long as that process lives (see leave-with-parent.js).
 */
export function startChild(options: ChildOptions): Child {
  const [program, ...args] = options.line
  const child: ChildProcess = spawn(program, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: "pipe",
    detached: true,
  })

  let log = ""
  const listeners = new Set<() => void>()
  const keep = (chunk: Buffer) => {
    log += chunk.toString()
    listeners.forEach((listener) => listener())
  }
  child.stdout?.on("data", keep)
  child.stderr?.on("data", keep)
  // a server that ends first makes its stdin fail; `exited` tells
  child.stdin?.on("error", () => undefined)

  const exited = new Promise<Exit>((resolve) => {
    child.once("error", (error) => {
      log += `${error.message}\n`
      resolve({ code: null, signal: null })
    })
    child.once("close", (code, signal) => resolve({ code, signal }))
  })

  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    const late = setTimeout(() => child.kill("SIGKILL"), 10_000)
    const exit = await exited
    clearTimeout(late)
    return exit
  }

  const unref = () => {
    child.unref()
    for (const pipe of child.stdio) (pipe as Socket | null)?.unref()
  }

  const since = (start: number): Child => ({
    pid: child.pid ?? -1,
    log: () => log.slice(start),
    exited,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    waitForLog: (what, timeout = 60_000) =>
      new Promise((resolve, reject) => {
        const pattern = toRegExp(what)
        const settle = (outcome: () => void) => {
          clearTimeout(late)
          listeners.delete(look)
          outcome()
        }
        const fail = (why: string) =>
          settle(() =>
            reject(new Error(`${options.name} ${why}:\n${log.slice(start)}`))
          )
        const look = () => {
          const match = log.slice(start).match(pattern)
          if (match) {
            settle(() => resolve(match))
          }
        }
        const late = setTimeout(
          () => fail(`printed no ${String(pattern)} within ${timeout} ms`),
          timeout
        )
        listeners.add(look)
        void exited.then(({ code, signal }) =>
          fail(`ended (${signal ?? code}) before it printed ${String(pattern)}`)
        )
        look()
      }),
    fromNow: () => since(log.length),
    unref,
  })
  return since(0)
}
