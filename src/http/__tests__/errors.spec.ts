import { once } from "events"
import express, { ErrorRequestHandler, json, RequestHandler } from "express"
import type { Server } from "http"
import { MedusaError } from "medusa-core-utils"
import type { AddressInfo } from "net"
import { loginRequired, OrderClaimRefusal } from "../../claims/refusal"
import { WaitedTooLong } from "../../values/waited-too-long"
import { errorHandler } from "../errors"
import { jsonBody } from "../middlewares"

/** A real server, whose `POST /` throws the test's error. */
describe("an error", () => {
  const logged: string[] = []
  let thrown: unknown
  let passedOn: unknown
  let server: Server
  let url: string

  const scope: RequestHandler = (request, _response, next) => {
    const logger = { error: (line: string) => void logged.push(line) }
    Object.assign(request, { scope: { resolve: () => logger } })
    next()
  }
  beforeAll(async () => {
    const app = express()
    app.use(scope)
    app.post("/", json({ limit: "1kb" }), (_request, _response, next) =>
      next(thrown)
    )
    app.post("/late", (_request, response, next) => {
      response.write("half")
      next(thrown)
    })
    app.post("/of/:id", (_request, response) => void response.json({}))
    const echo: RequestHandler = ({ body }, response) => {
      response.json(body)
    }
    app.post("/json", jsonBody, echo)
    app.use(errorHandler)
    const last: ErrorRequestHandler = (error, _request, _response, next) => {
      passedOn = error
      next(error)
    }
    app.use(last)
    server = app.listen(0, "127.0.0.1")
    await once(server, "listening")
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, "close")
  })
  beforeEach(() => (logged.length = 0))

  const post = async (body = "{}", headers: Record<string, string> = {}) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    })
    return { status: response.status, body: await response.json() }
  }
  const answerTo = (error: unknown) => {
    thrown = error
    return post()
  }

  it("that is a refusal is a 400 with its code", async () => {
    expect(await answerTo(new OrderClaimRefusal("order_claim_used"))).toEqual({
      status: 400,
      body: {
        type: "not_allowed",
        code: "order_claim_used",
        message: "This order claim has been confirmed already.",
      },
    })
    expect(logged).toEqual([])
  })

  it("that is a missing login for a claim is a 401 with its code", async () => {
    expect(await answerTo(loginRequired())).toMatchObject({
      status: 401,
      body: { type: "unauthorized", code: "order_claim_login_required" },
    })
    expect(logged).toEqual([])
  })

  it.each([
    ["not_allowed", 400],
    ["invalid_data", 400],
    ["unauthorized", 401],
    ["not_found", 404],
  ])("of Medusa's with the type %s is a %d", async (type, status) => {
    expect(await answerTo(new MedusaError(type, "a sentence"))).toEqual({
      status,
      body: { type, message: "a sentence" },
    })
  })

  it.each([
    ["the database's", Object.assign(new Error("pa55word"), { code: "57P01" })],
    ["Medusa's of another type", new MedusaError("conflict", "pa55word")],
    ["a text", "pa55word"],
    [
      "the server's own fault",
      Object.assign(new Error("pa55word"), { statusCode: 503 }),
    ],
  ])(
    "that is %s is a 500 whose details are only in the log",
    async (_, error) => {
      expect(await answerTo(error)).toEqual({
        status: 500,
        body: {
          type: "unknown_error",
          code: "unknown_error",
          message: "An unknown error occurred.",
        },
      })
      expect(logged).toHaveLength(1)
      expect(logged[0]).toMatch(/^order-claim: .*pa55word/)
    }
  )

  it("is logged with its stack", async () => {
    await answerTo(new TypeError("x is not a function"))
    expect(logged[0]).toContain("TypeError: x is not a function\n    at ")
  })

  it("that several requests share is logged once", async () => {
    const shared = new Error("the database is silent")
    await Promise.all([answerTo(shared), answerTo(shared)])
    expect(logged).toHaveLength(1)
  })

  it("that says what was waited for is logged as one line", async () => {
    const line = "the confirmation of oclaim_1 waited 20 s for a lock"
    expect((await answerTo(new WaitedTooLong(line))).status).toBe(500)
    expect(logged).toEqual([`order-claim: ${line}`])
  })

  const unreadable = (message: string) => ({
    status: 400,
    body: { type: "invalid_data", code: "invalid_request_error", message },
  })
  const BAD_BODY = unreadable(
    "The body must be a JSON object in UTF-8, with the header Content-Type: application/json."
  )

  it.each([
    ["is no JSON", '{"token": ', {}],
    [
      "has an unknown charset",
      "{}",
      { "content-type": "application/json; charset=klingon" },
    ],
    ["has an unknown encoding", "{}", { "content-encoding": "zstd-17" }],
  ])("for a body that %s is a 400", async (_, body, headers) => {
    expect(await post(body, headers)).toEqual(BAD_BODY)
    expect(logged).toEqual([])
  })

  it("for a body that is too large is a 400 with the route's limit", async () => {
    const body = JSON.stringify({ token: "x".repeat(2000) })
    expect(await post(body)).toEqual(
      unreadable("The body is too large: it may have up to 1 kB.")
    )
  })

  it("for a path that cannot be decoded is a 400 that says so", async () => {
    const response = await fetch(`${url}/of/%E0%A4%A`, { method: "POST" })
    expect({ status: response.status, body: await response.json() }).toEqual(
      unreadable("The path of the URL is not valid: check its % signs.")
    )
  })

  describe("at a route that takes JSON", () => {
    const to = "to=ann@example.com"
    it.each([
      ["a form", { "content-type": "application/x-www-form-urlencoded" }, to],
      ["a text", { "content-type": "text/plain" }, '{"to": "x"}'],
      ["a list of parts", { "content-type": "multipart/form-data" }, to],
    ])("refuses %s", async (_, headers, body) => {
      const response = await fetch(`${url}/json`, {
        ...{ method: "POST", headers, body },
      })
      expect({ status: response.status, body: await response.json() }).toEqual(
        BAD_BODY
      )
    })

    it.each<[string, RequestInit]>([
      ["no body", {}],
      ["an empty one", { headers: { "content-type": "text/plain" } }],
      ["empty JSON", { headers: { "content-type": "application/json" } }],
      [
        "JSON with a charset",
        {
          headers: { "content-type": "application/json; charset=utf-8" },
          body: "{}",
        },
      ],
    ])("accepts %s", async (_, init) => {
      const response = await fetch(`${url}/json`, { method: "POST", ...init })
      expect([response.status, await response.json()]).toEqual([200, {}])
    })
  })

  it("does not show a body that it could not read", async () => {
    const { body } = await post('{"token": aaaaaaaaaa.bbbbbbbbbb.cccccccccc')
    expect(JSON.stringify(body)).not.toContain("aaaaaaaaaa")
  })

  it("after the response has begun is left to Express", async () => {
    thrown = new OrderClaimRefusal("order_claim_used")
    const response = await fetch(`${url}/late`, { method: "POST" })
    await expect(response.text()).rejects.toThrow()
    expect(passedOn).toBe(thrown)
  })
})
