import { ChildProcess, spawn } from "child_process"
import { once } from "events"
import { join } from "path"

const MODULE = join(__dirname, "..", "termination.ts")

/** Runs a script in a process of its own, sends it SIGTERM and waits for its end. */
async function terminated(script: string) {
  const child: ChildProcess = spawn(
    process.execPath,
    [
      "--require",
      require.resolve("tsx/cjs"),
      "--eval",
      `const { onTermination } = require(${JSON.stringify(MODULE)})
       const alive = setInterval(() => undefined, 1000)
       ${script}
       console.log("ready")`,
    ],
    { stdio: ["ignore", "pipe", "inherit"] }
  )
  let printed = ""
  child.stdout?.on("data", (chunk: Buffer) => {
    printed += chunk.toString()
    if (chunk.includes("ready")) child.kill("SIGTERM")
  })
  const [code, signal] = (await once(child, "close")) as [
    number | null,
    NodeJS.Signals | null,
  ]
  return { code, signal, printed }
}

describe("a process that is asked to end", () => {
  it("stops first, and then ends by the signal if there is no other handler", async () => {
    const { signal, printed } = await terminated(`
      onTermination(async () => {
        await new Promise(setImmediate)
        console.log("stopped")
      })`)
    expect(signal).toBe("SIGTERM")
    expect(printed).toBe("ready\nstopped\n")
  })

  it("ends even if its stop hangs", async () => {
    const { signal } = await terminated(
      "onTermination(() => new Promise(() => 0))"
    )
    expect(signal).toBe("SIGTERM")
  })

  it("ends even if its stop fails", async () => {
    const { signal } = await terminated(
      "onTermination(() => Promise.reject(new Error('no database')))"
    )
    expect(signal).toBe("SIGTERM")
  })

  it("leaves its end to another handler of the signal", async () => {
    const ended = await terminated(`
      onTermination(async () => console.log("stopped"))
      process.on("SIGTERM", () => {
        console.log("handled")
        // Long enough for a second signal, which must not come.
        setTimeout(() => process.exit(7), 100)
      })`)
    expect(ended).toEqual({
      code: 7,
      signal: null,
      printed: "ready\nstopped\nhandled\n",
    })
  })
})
