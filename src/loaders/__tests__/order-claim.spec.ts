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
  projectConfig: { worker_mode?: string } = {},
  errors: string[] = []
) =>
  createContainer().register({
    configModule: asValue({ projectConfig }),
    logger: asValue({ error: (message: string) => errors.push(message) }),
    orderClaimService: asValue(service),
  })

/** Calls the loader, as Medusa does in the middle of its start. */
const load = (container: object, argv: string[] = [MEDUSA, "start"]) => {
  const before = process.argv
  process.argv = ["/usr/bin/node", ...argv]
  try {
    startOrderClaims(container as MedusaContainer)
  } finally {
    process.argv = before
  }
}

/** The end of Medusa's start. */
const untilStarted = () => jest.advanceTimersByTimeAsync(1000)

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick"] })
})

const started = async (
  argv: string[],
  projectConfig?: { worker_mode?: string }
) => {
  const service = new Recording()
  load(shop(service, projectConfig), argv)
  await untilStarted()
  return service.calls.join() === "start"
}

// Removes the timers and listeners that the loader adds to this process.
const before = process.listeners("SIGTERM")
afterEach(() => {
  jest.useRealTimers()
  for (const listener of process.listeners("SIGTERM")) {
    if (!before.includes(listener)) process.off("SIGTERM", listener)
  }
})
const added = () =>
  process.listeners("SIGTERM").filter((each) => !before.includes(each))

/** With a listener of Medusa's, the loader's does not raise the signal again. */
const terminate = () => {
  const medusas = () => undefined
  process.on("SIGTERM", medusas)
  process.emit("SIGTERM")
  process.off("SIGTERM", medusas)
}

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

  it("in a store without the table", async () => {
    const service = new Recording()
    service.isReady = () => Promise.resolve(false)
    load(shop(service))
    await untilStarted()
    terminate()
    expect(service.calls).not.toContain("start")
  })

  it("while Medusa itself still starts, or the database has not answered", async () => {
    const service = new Recording()
    const isReady = jest.fn(() => new Promise<boolean>(() => undefined))
    service.isReady = isReady
    load(shop(service))
    await jest.advanceTimersByTimeAsync(900)
    expect(isReady).not.toHaveBeenCalled()
    await untilStarted()
    expect(isReady).toHaveBeenCalledTimes(1)
    expect(service.calls).not.toContain("start")
  })

  it("in a process that is asked to end before", async () => {
    const service = new Recording()
    const container = shop(service)
    load(container)
    await container.dispose()
    await untilStarted()
    expect(service.calls).not.toContain("start")
  })

  it("in a process that is asked to end while the database answers", async () => {
    const service = new Recording()
    let answer: (isReady: boolean) => void = () => undefined
    service.isReady = () => new Promise((resolve) => (answer = resolve))
    const container = shop(service)
    load(container)
    await untilStarted()
    await container.dispose()
    answer(true)
    await untilStarted()
    expect(service.calls).not.toContain("start")
  })

  it("for an unexpected error, which is in the log", async () => {
    const errors: string[] = []
    const service = new Recording()
    service.start = () => {
      throw new Error("no such file")
    }
    load(shop(service, {}, errors))
    await untilStarted()
    expect(errors).toEqual([
      "order-claim: the courier did not start: no such file",
    ])
  })
})

describe("the courier ends", () => {
  it("with the process", async () => {
    const service = new Recording()
    load(shop(service))
    await untilStarted()
    expect(added()).toHaveLength(1)
    terminate()
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
    load(container)
    await untilStarted()
    const disposed = container.dispose().then(() => steps.push("disposed"))
    await new Promise(setImmediate)
    finish()
    await disposed
    expect(steps).toEqual(["finished", "disposed"])
  })
})
