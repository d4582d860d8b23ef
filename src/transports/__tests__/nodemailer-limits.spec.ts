import nodemailer from "nodemailer"
import SMTPPool from "nodemailer/lib/smtp-pool"
import { limitsIn, optionsOf } from "../nodemailer-limits"

describe("nodemailer's rate limit", () => {
  it.each([
    [{ rateLimit: 5 }, { count: 5, windowMs: 1000 }],
    [
      { rateLimit: 5, rateDelta: 15_000 },
      { count: 5, windowMs: 15_000 },
    ],
    [
      { rateLimit: "5", rateDelta: "15000" },
      { count: 5, windowMs: 15_000 },
    ],
    [
      { rateLimit: 2.9, rateDelta: 0 },
      { count: 2, windowMs: 1000 },
    ],
    [
      { rateLimit: 0.5, rateDelta: "soon" },
      { count: 1, windowMs: 1000 },
    ],
    [{ sendingRate: 14 }, { count: 14, windowMs: 1000 }],
    [{ rateDelta: 15_000 }, undefined],
    [{ rateLimit: 0 }, undefined],
    [{ rateLimit: -1 }, undefined],
    [{ rateLimit: Infinity }, undefined],
    [{ rateLimit: "many" }, undefined],
    [{ rateLimit: [5, 6] }, undefined],
    [{ rateLimit: null }, undefined],
  ])("is read from %p", (options, rateLimit) => {
    expect(limitsIn(options).rateLimit).toEqual(rateLimit)
  })
})

describe("nodemailer's limits", () => {
  const LIMITS = {
    rateLimit: { count: 5, windowMs: 15_000 },
    maxConnections: 3,
    maxMessages: 10,
  }
  const options = {
    pool: true as const,
    rateLimit: 5,
    rateDelta: 15_000,
    maxConnections: 3,
    maxMessages: 10,
  }
  const query =
    "pool=true&rateLimit=5&rateDelta=15000&maxConnections=3&maxMessages=10"

  it.each([
    ["options", nodemailer.createTransport(options)],
    ["a URL", nodemailer.createTransport(`smtp://localhost?${query}`)],
    ["a pool", nodemailer.createTransport(new SMTPPool(options))],
  ])("are found in a transporter made from %s", (_, transporter) => {
    expect(limitsIn(optionsOf(transporter))).toEqual(LIMITS)
    transporter.close()
  })

  it("are those that a pool has by default", () => {
    const pool = nodemailer.createTransport({ pool: true })
    expect(limitsIn(optionsOf(pool))).toEqual({
      rateLimit: undefined,
      maxConnections: 5,
      maxMessages: 100,
    })
    pool.close()
  })

  it("are none in a transport that has no options", () => {
    const none = { rateLimit: undefined, maxConnections: undefined }
    expect(limitsIn(optionsOf({ sendMail: () => null }))).toMatchObject(none)
    expect(limitsIn(optionsOf({ transporter: null }))).toMatchObject(none)
  })
})
