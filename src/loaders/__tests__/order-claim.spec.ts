import type { MedusaContainer } from "@medusajs/medusa"
import { asValue, createContainer } from "awilix"
import startOrderClaims from "../order-claim"

const MEDUSA = "/shop/node_modules/@medusajs/medusa-cli/cli.js"

/** A service that records its calls. */
class Recording {
  readonly calls: string[] = []
  isReady(): Promise<boolean> {
    return Promise.resolve(true)
  }
  start(): void {
    this.calls.push("start")
  }
  stop(): Promise<void> {
    this.calls.push("stop")
    return Promise.resolve()
  }
}

const shop = (
  service: object = new Recording(),
  projectConfig: { worker_mode?: string } = {}
) =>
  createContainer().register({
    configModule: asValue({ projectConfig }),
    orderClaimService: asValue(service),
  })

const load = async (container: object, argv: string[] = [MEDUSA, "start"]) => {
  const before = process.argv
  process.argv = ["/usr/bin/node", ...argv]
  try {
    await startOrderClaims(container as MedusaContainer)
  } finally {
    process.argv = before
  }
}

const started = async (
  argv: string[],
  projectConfig?: { worker_mode?: string }
) => {
  const service = new Recording()
  await load(shop(service, projectConfig), argv)
  return service.calls.join() === "start"
}

// Removes the listeners that the loader adds to this process.
const before = process.listeners("SIGTERM")
afterEach(() => {
  for (const listener of process.listeners("SIGTERM")) {
    if (!before.includes(listener)) process.off("SIGTERM", listener)
  }
})
const added = () =>
  process.listeners("SIGTERM").filter((each) => !before.includes(each))

describe("the courier starts", () => {
  it.each([
    ["medusa start", [MEDUSA, "start"]],
    ["medusa develop", [MEDUSA, "develop"]],
    ["npx medusa start", ["/shop/node_modules/.bin/medusa", "start"]],
    ["a server file of the shop's own", ["/shop/index.js"]],
    ["one that takes a word of its own", ["/shop/server.js", "seed"]],
    ["nothing that could be known", []],
  ])("under %s", async (_, argv) => {
    expect(await started(argv)).toBe(true)
  })

  it.each([undefined, "shared", "worker"])(
    "with the worker_mode %p",
    async (worker_mode) => {
      expect(await started([MEDUSA, "start"], { worker_mode })).toBe(true)
    }
  )
})

describe("the courier does not start", () => {
  it.each(["seed", "user", "migrations", "exec"])(
    "under medusa %s",
    async (command) => {
      expect(await started([MEDUSA, command, "run"])).toBe(false)
      const bin = "/shop/node_modules/.bin/medusa"
      expect(await started([bin, command])).toBe(false)
      expect(added()).toEqual([])
    }
  )

  it("in a process that only serves HTTP", async () => {
    const worker_mode = "server"
    expect(await started([MEDUSA, "start"], { worker_mode })).toBe(false)
  })

  it("in a store without the table, which so has nothing to stop", async () => {
    const service = new Recording()
    service.isReady = () => Promise.resolve(false)
    await load(shop(service))
    expect(service.calls).toEqual([])
    expect(added()).toEqual([])
  })
})

describe("the courier ends", () => {
  it("with the process", async () => {
    const service = new Recording()
    await load(shop(service))
    expect(added()).toHaveLength(1)
    // With another listener, the signal is not raised again.
    const medusas = () => undefined
    process.on("SIGTERM", medusas)
    process.emit("SIGTERM")
    process.off("SIGTERM", medusas)
    expect(service.calls).toEqual(["start", "stop"])
  })

  it("with Medusa's container, which waits for it", async () => {
    let finish: () => void = () => undefined
    const steps: string[] = []
    const service = new Recording()
    service.stop = () =>
      new Promise((resolve) => {
        finish = () => {
          steps.push("finished")
          resolve()
        }
      })
    const container = shop(service)
    await load(container)
    const disposed = container.dispose().then(() => steps.push("disposed"))
    await new Promise(setImmediate)
    finish()
    await disposed
    expect(steps).toEqual(["finished", "disposed"])
  })
})

it("a failed start is an error of the loader", async () => {
  const service = new Recording()
  service.isReady = () => Promise.reject(new Error("no database"))
  await expect(load(shop(service))).rejects.toThrow("no database")
})
