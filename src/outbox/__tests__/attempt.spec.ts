import type {
  DeliveryOutcome,
  Message,
  Transport,
} from "../../transports/transport"
import { attemptDelivery, logAttempt, RetrySettings, notMade } from "../attempt"
import type { ClaimRow } from "../../db/claims"
import { recordingLogger } from "../../values/__tests__/loggers"
import type { Composed } from "../compose"

const HOUR = 60 * 60_000
const retries = (giveUpAfterMs: number): RetrySettings => ({
  giveUpAfterMs,
  firstRetryMs: 2000,
  longestRetryMs: 3 * 60_000,
})
const MESSAGE = { subject: "Confirm" } as Message

const claim = (changes: Partial<ClaimRow> = {}) =>
  ({
    id: "oclaim_1",
    token_generation: 1,
    status: "pending",
    to_notify: [],
    attempts: 0,
    deferrals: 0,
    retries_since: new Date(),
    ...changes,
  }) as ClaimRow

/** A transport that returns the test's outcome and keeps the messages. */
class Answering implements Pick<Transport, "send"> {
  readonly given: Message[] = []
  constructor(private readonly outcome: DeliveryOutcome) {}
  send(message: Message): Promise<DeliveryOutcome> {
    this.given.push(message)
    return Promise.resolve(this.outcome)
  }
}
const accepting = () => new Answering({ type: "accepted", response: "250 ok" })
const refusing = () => new Answering({ type: "refused", response: "550 no" })
const quoting = () =>
  new Answering({
    type: "refused",
    response: "550 5.1.1 <greta.guest@example.com>: unknown",
  })
const deferring = () =>
  new Answering({ type: "deferred", response: "451 later" })
const message: Composed = { type: "message", message: MESSAGE }

const attempt = (
  transport: Answering,
  changes: Partial<ClaimRow> = {},
  giveUpAfterMs = 24 * HOUR
) =>
  attemptDelivery(
    { claim: claim(changes), composed: message },
    transport,
    retries(giveUpAfterMs)
  )

describe("an attempt", () => {
  it("is deferred if the transport throws, which it must not", async () => {
    const made = await attemptDelivery(
      { claim: claim(), composed: message },
      { send: () => Promise.reject(new Error("a bug")) },
      retries(HOUR)
    )
    expect(made).toMatchObject({
      outcome: "deferred",
      lastError: "Error: a bug",
    })
  })

  it("fails a claim that may have been mailed too often", async () => {
    const transport = accepting()
    const made = await attemptDelivery(
      { claim: claim(), composed: { type: "exhausted", reason: "too often" } },
      transport,
      retries(HOUR)
    )
    expect(transport.given).toEqual([])
    expect(made).toMatchObject({
      outcome: "failed",
      status: "failed",
      lastError: "too often",
      retryInMs: null,
    })
    expect(made.delivery).toBeUndefined()
  })

  it("that was not made leaves the claim due at once", () => {
    const row = claim({ last_error: "451 later" })
    expect(notMade(row)).toEqual({
      claim: row,
      outcome: "unsent",
      status: "pending",
      to_notify: [],
      lastError: "451 later",
      retryInMs: 0,
    })
  })

  it("that is accepted is final", async () => {
    const transport = accepting()
    const row = claim()
    const made = await attemptDelivery(
      { claim: row, composed: message },
      transport,
      retries(HOUR)
    )
    expect(transport.given).toEqual([MESSAGE])
    expect(made).toEqual({
      claim: row,
      outcome: "sent",
      status: "sent",
      to_notify: [],
      delivery: {
        message: "claim-request",
        to: "recipient",
        at: expect.stringMatching(/^\d{4}-.+Z$/) as string,
        outcome: "accepted",
        response: "250 ok",
      },
      lastError: null,
      retryInMs: null,
    })
  })

  it("that is refused is final, too", async () => {
    expect(await attempt(refusing())).toMatchObject({
      status: "failed",
      delivery: { outcome: "refused", response: "550 no" },
      lastError: "550 no",
      retryInMs: null,
    })
  })

  it("that is deferred is followed by another", async () => {
    const made = await attempt(deferring())
    expect(made).toMatchObject({
      status: "pending",
      delivery: { outcome: "deferred", response: "451 later" },
      lastError: "451 later",
    })
    expect(made.retryInMs).toBeGreaterThan(0)
  })

  it.each([
    [0, 2000],
    [1, 4000],
    [2, 8000],
    [6, 128_000],
    [7, 180_000],
    [60, 180_000],
    [20, 180_000],
  ])("after %d deferrals waits up to %d ms", async (deferrals, expected) => {
    const pauses = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const { retryInMs } = await attempt(deferring(), {
          attempts: deferrals + 7,
          deferrals,
        })
        return retryInMs ?? 0
      })
    )
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(expected * 0.75)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(expected)
    // Not all at once when the mail server comes back.
    expect(new Set(pauses).size).toBeGreaterThan(50)
  })

  it("is final when the next would be after delivery.give_up_after", async () => {
    const opened = (ago: number) => ({
      retries_since: new Date(Date.now() - ago),
    })
    expect(await attempt(deferring(), opened(23 * HOUR))).toMatchObject({
      status: "pending",
    })
    expect(await attempt(deferring(), opened(24 * HOUR))).toMatchObject({
      status: "failed",
      lastError: "451 later",
      retryInMs: null,
    })
    expect(await attempt(deferring(), {}, 0)).toMatchObject({
      status: "failed",
    })
  })

  it("is not made for a claim that was withdrawn", async () => {
    const transport = accepting()
    const row = claim()
    const withdrawn: Composed = { type: "withdrawn", reason: "1 canceled" }
    expect(
      await attemptDelivery(
        { claim: row, composed: withdrawn },
        transport,
        retries(HOUR)
      )
    ).toEqual({
      claim: row,
      outcome: "withdrawn",
      status: "ineligible",
      to_notify: [],
      lastError: "1 canceled",
      retryInMs: null,
    })
    expect(transport.given).toEqual([])
  })

  it("does not send an email that could not be written, but is repeated", async () => {
    const transport = accepting()
    const broken: Composed = { type: "broken", reason: "Error: no\npage" }
    expect(
      await attemptDelivery(
        { claim: claim(), composed: broken },
        transport,
        retries(HOUR)
      )
    ).toMatchObject({ status: "pending", lastError: "Error: no page" })
    expect(transport.given).toEqual([])
  })
})

describe("an attempt to mail about a confirmation", () => {
  const confirmed: Partial<ClaimRow> = {
    status: "confirmed",
    to_notify: ["recipient", "claimant"],
  }
  const last: Partial<ClaimRow> = { ...confirmed, to_notify: ["claimant"] }

  it.each([
    ["sent", accepting],
    ["failed", refusing],
  ])(
    "that is %s makes room for the other party at once",
    async (outcome, by) => {
      expect(await attempt(by(), confirmed)).toMatchObject({
        outcome,
        status: "confirmed",
        to_notify: ["claimant"],
        retryInMs: 0,
        delivery: { message: "claim-confirmed", to: "recipient" },
      })
      expect(await attempt(by(), last)).toMatchObject({
        outcome,
        status: "confirmed",
        to_notify: [],
        retryInMs: null,
        delivery: { message: "claim-confirmed", to: "claimant" },
      })
    }
  )

  it("that is deferred keeps its party for later, after the other", async () => {
    const made = await attempt(deferring(), confirmed)
    expect(made).toMatchObject({
      outcome: "deferred",
      status: "confirmed",
      to_notify: ["claimant", "recipient"],
    })
    expect(made.retryInMs).toBeGreaterThan(0)
    expect((await attempt(deferring(), last)).to_notify).toEqual(["claimant"])
  })

  it("is given up with delivery.give_up_after, counted from the confirm", async () => {
    const old = new Date(Date.now() - 48 * HOUR)
    const since = (retries_since: Date) => ({
      ...confirmed,
      created_at: old,
      retries_since,
    })
    const made = await attempt(deferring(), since(new Date()))
    expect(made.outcome).toBe("deferred")
    expect(await attempt(deferring(), since(old))).toMatchObject({
      outcome: "failed",
      status: "confirmed",
      to_notify: ["claimant"],
      retryInMs: 0,
    })
  })

  it("that is withdrawn leaves the other party to be mailed", async () => {
    const made = await attemptDelivery(
      {
        claim: claim(confirmed),
        composed: { type: "withdrawn", reason: "not theirs" },
      },
      accepting(),
      retries(HOUR)
    )
    expect(made).toMatchObject({
      outcome: "withdrawn",
      status: "confirmed",
      to_notify: ["claimant"],
      retryInMs: 0,
      lastError: "not theirs",
    })
    expect(made.delivery).toBeUndefined()
  })
})

describe("the log line of an attempt", () => {
  const lineFor = async (
    composed: Composed,
    transport: Answering,
    ms: number
  ) => {
    const logger = recordingLogger()
    const made = await attemptDelivery(
      { claim: claim(), composed },
      transport,
      retries(ms)
    )
    logAttempt(logger, "greta.guest@example.com", made)
    expect(logger.lines).toHaveLength(1)
    return logger.lines[0]
  }

  it.each([
    ["sent (250 ok)", "info", message, accepting(), HOUR],
    ["failed: 550 no", "error", message, refusing(), HOUR],
    ["deferred: 451 later", "warn", message, deferring(), HOUR],
    ["failed: 451 later", "error", message, deferring(), 0],
    [
      "withdrawn: 1 canceled",
      "info",
      { type: "withdrawn", reason: "1 canceled" },
      accepting(),
      HOUR,
    ],
    [
      "failed: 550 5.1.1 <g***@example.com>: unknown",
      "error",
      message,
      quoting(),
      HOUR,
    ],
    [
      "sent (250 to <g***@example.com>)",
      "info",
      message,
      new Answering({
        type: "accepted",
        response: "250 to <greta.guest@example.com>",
      }),
      HOUR,
    ],
  ] as [string, string, Composed, Answering, number][])(
    "is %s, and hides the address",
    async (what, level, composed, transport, giveUpAfterMs) => {
      expect(await lineFor(composed, transport, giveUpAfterMs)).toBe(
        `${level}: order-claim: oclaim_1 to g***@example.com ${what}`
      )
    }
  )
})
