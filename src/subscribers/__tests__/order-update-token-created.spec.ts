import orderUpdateTokenCreated, { config } from "../order-update-token-created"

const EVENT = "order-update-token.created"
const DATA = { old_email: "greta@example.com", token: "x" }

const recording = (result = Promise.resolve()) => {
  const opened: unknown[] = []
  const open = (data: unknown) => {
    opened.push(data)
    return result
  }
  return { opened, orderClaimService: { open } }
}

type Arguments = ConstructorParameters<typeof Subscriber>[0]
const Subscriber = orderUpdateTokenCreated as unknown as new (
  cradle: object
) => object
const call = orderUpdateTokenCreated as unknown as (
  given: Arguments
) => Promise<void>

describe("the subscriber of 1.18 and later", () => {
  it("is called with the event, and opens its claim", async () => {
    const { opened, orderClaimService } = recording()
    const services: Record<string, unknown> = { orderClaimService }
    const resolve = (name: string) => services[name]
    await call({ data: DATA, eventName: EVENT, container: { resolve } })
    expect(opened).toEqual([DATA])
  })

  it("resolves once the claim is open, and rejects if opening fails", async () => {
    let commit: () => void = () => undefined
    const committed = new Promise<void>((resolve) => (commit = resolve))
    const { orderClaimService } = recording(committed)
    const container = { resolve: () => orderClaimService }
    const steps: string[] = []
    const handled = call({ data: DATA, container }).then(() =>
      steps.push("handled")
    )
    await new Promise(setImmediate)
    steps.push("committed")
    commit()
    await handled
    expect(steps).toEqual(["committed", "handled"])

    const failing = recording(Promise.reject(new Error("no database")))
    const broken = { resolve: () => failing.orderClaimService }
    await expect(call({ data: DATA, container: broken })).rejects.toThrow(
      "no database"
    )
  })

  it("names its event and its subscriber id", () => {
    expect(config).toEqual({
      event: EVENT,
      context: { subscriberId: "order-claim" },
    })
  })
})

describe("the subscriber of earlier releases", () => {
  it("is constructed with the container, and subscribes itself", async () => {
    const { opened, orderClaimService } = recording()
    const subscribed = new Map<string, (data: unknown) => Promise<void>>()
    const eventBusService = {
      subscribe: (event: string, handler: (data: unknown) => Promise<void>) =>
        void subscribed.set(event, handler),
    }
    new Subscriber({ eventBusService, orderClaimService })
    expect([...subscribed.keys()]).toEqual([EVENT])
    expect(opened).toEqual([])

    await subscribed.get(EVENT)?.(DATA)
    expect(opened).toEqual([DATA])
  })
})
