import fc from "fast-check"
import { MedusaError } from "medusa-core-utils"
import { campaign } from "../../../integration-tests/campaign"
import {
  adminListQuery,
  paginationQuery,
  parseInput,
  tokenBody,
} from "../input"

const problemOf = (read: () => unknown): MedusaError => {
  try {
    read()
  } catch (error) {
    return error as MedusaError
  }
  throw new Error("nothing was refused")
}

describe("a body with a token", () => {
  it.each(["x", 1, null, undefined, ["x"], { a: 1 }])(
    "is accepted, whatever the token is: %j",
    (token) => {
      expect(parseInput(tokenBody, { token })).toEqual({ token })
    }
  )

  it.each([[[]], ["x"], [1], [null], [{ token: "x", orders: [] }]])(
    "is refused with any other shape: %j",
    (body) => {
      const { type } = problemOf(() => parseInput(tokenBody, body))
      expect(type).toBe(MedusaError.Types.INVALID_DATA)
    }
  )

  it("with another field is refused by its name", () => {
    const read = () => parseInput(tokenBody, { token: "x", orders: [] })
    expect(problemOf(read).message).toContain("'orders'")
  })
})

describe("a page", () => {
  it("is the first twenty by default", () => {
    expect(parseInput(paginationQuery, {})).toEqual({ limit: 20, offset: 0 })
    expect(parseInput(paginationQuery, { limit: "100", offset: "7" })).toEqual({
      limit: 100,
      offset: 7,
    })
    expect(parseInput(paginationQuery, { limit: "0" }).limit).toBe(0)
  })

  it.each(["101", "-1", "1.5", "1e2", "0x1", " 1", "", "ten", "9".repeat(400)])(
    "refuses the limit %j",
    (limit) => {
      const problem = problemOf(() => parseInput(paginationQuery, { limit }))
      expect(problem.type).toBe(MedusaError.Types.INVALID_DATA)
      expect(problem.message).toMatch(
        /^limit: Expected a whole number from 0 to 100/
      )
    }
  )

  it.each([["1", "2"], { gt: "1" }, 5])(
    "refuses a limit that is not one text: %j",
    (limit) => {
      expect(() => parseInput(paginationQuery, { limit })).toThrow("limit: ")
    }
  )

  it("begins behind a claim, if one is given", () => {
    const before = "oclaim_01HF5XQ3W6Z8V7T2J4K9N0M1PD"
    expect(parseInput(paginationQuery, { before })).toEqual({
      limit: 20,
      offset: 0,
      before,
    })
  })

  it.each(["", "a b", "x\0", "ä", "x".repeat(256), 5, ["x", "y"]])(
    "does not begin behind %j",
    (before) => {
      for (const schema of [paginationQuery, adminListQuery])
        expect(() => parseInput(schema, { before })).toThrow("before: ")
    }
  )

  it("skips ten thousand claims at most, and says how to go on", () => {
    const pageAt = (offset: string) => parseInput(paginationQuery, { offset })
    expect(pageAt("10000").offset).toBe(10_000)
    for (const offset of ["10001", "99999999999"]) {
      const { type, message } = problemOf(() => pageAt(offset))
      expect(type).toBe(MedusaError.Types.INVALID_DATA)
      expect(message).toBe(
        "offset: Expected a whole number from 0 to 10000. To go on from there, give the id of the last claim as `before`"
      )
    }
  })

  it("refuses unknown parameters", () => {
    expect(() => parseInput(paginationQuery, { customer_id: "cus_1" })).toThrow(
      "customer_id"
    )
  })
})

describe("an admin's list", () => {
  it("is not restricted by default", () => {
    expect(parseInput(adminListQuery, {})).toEqual({ limit: 20, offset: 0 })
  })

  it("accepts one status or several", () => {
    const statuses = (status: unknown) =>
      parseInput(adminListQuery, { status }).status
    expect(statuses("sent")).toEqual(["sent"])
    expect(statuses(["sent", "failed"])).toEqual(["sent", "failed"])
  })

  it.each(["expired", "", "SENT", { a: "sent" }, ["sent", ["failed"]]])(
    "refuses the status %j",
    (status) => {
      expect(() => parseInput(adminListQuery, { status })).toThrow(/^status/)
    }
  )

  it("is restricted to failed notices, or does not name them", () => {
    const read = (failed_notices: unknown) =>
      parseInput(adminListQuery, { failed_notices }).failed_notices
    expect(read("true")).toBe(true)
    for (const given of ["false", "", "TRUE", "1", true, ["true", "true"]]) {
      expect(() => read(given)).toThrow("failed_notices: Expected true")
    }
  })

  it.each(["", "a b", "x\0", "ä", "x".repeat(256)])(
    "refuses the id %j",
    (id) => {
      for (const field of ["order_id", "customer_id"])
        expect(() => parseInput(adminListQuery, { [field]: id })).toThrow(
          `${field}: `
        )
    }
  )

  const timeOf = (gte: string) =>
    parseInput(adminListQuery, { created_at: { gte } }).created_at?.gte

  it.each([
    ["2026-11-21T14:17:00.000Z", "2026-11-21T14:17:00.000Z"],
    ["2026-11-21T14:17Z", "2026-11-21T14:17:00.000Z"],
    ["2026-11-21 14:17:00+01:00", "2026-11-21T13:17:00.000Z"],
    ["2026-11-21T14:17:00-0330", "2026-11-21T17:47:00.000Z"],
    ["2026-11-21", "2026-11-21T00:00:00.000Z"],
    ["1795270620", "2026-11-21T14:17:00.000Z"],
  ])("reads the time %s, wherever the server is", (given, time) => {
    expect(timeOf(given)?.toISOString()).toBe(time)
  })

  it.each([
    "2026-11-21T00:00",
    "2026-11-21 00:00:00.000",
    "2026-11-21T00:00:00 01:00",
    "2026-11-21T25:00Z",
    "21.11.2026",
    "yesterday",
    "",
  ])("refuses a time that is none, or without its zone: %j", (given) => {
    expect(problemOf(() => timeOf(given)).message).toBe(
      "created_at.gte: Expected a time with its zone, such as 2026-11-21T14:17:00.000Z, or a date in UTC, such as 2026-11-21"
    )
  })

  it("names each invalid field", () => {
    const given = { order_id: "", status: "no", limit: "x", offset: "y" }
    const { message } = problemOf(() => parseInput(adminListQuery, given))
    for (const field of ["order_id: ", "status.0: ", "limit: ", "offset: "])
      expect(message).toContain(field)
  })
})

it("any input is read, or refused as invalid data with a short message", () => {
  const schemas = fc.constantFrom(tokenBody, paginationQuery, adminListQuery)
  const key = fc.oneof(
    fc.constantFrom("limit", "offset", "before", "status", "order_id", "token"),
    fc.string({ unit: "binary", maxLength: 300 })
  )
  const given = fc.oneof(fc.anything(), fc.dictionary(key, fc.anything()))
  fc.assert(
    fc.property(schemas, given, (schema, value) => {
      try {
        expect(parseInput(schema, value)).toEqual(expect.any(Object))
      } catch (error) {
        const { type, message } = error as MedusaError
        expect(type).toBe(MedusaError.Types.INVALID_DATA)
        expect(message.length).toBeLessThanOrEqual(500)
      }
    }),
    { numRuns: campaign(200, 1000) }
  )
})
