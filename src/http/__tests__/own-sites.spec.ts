import { once } from "events"
import express, { RequestHandler } from "express"
import type { Server } from "http"
import { request } from "http"
import type { AddressInfo } from "net"
import { errorHandler } from "../errors"
import { adminCors, ownSites } from "../middlewares"

const DASHBOARD = "https://admin.shop.example"
const EVIL = "https://evil.example"

/** A real server, whose `POST /` answers whatever comes so far with a 200. */
describe("a request to an unsafe admin route", () => {
  let server: Server

  const scope: RequestHandler = (request, _response, next) => {
    const configModule = { projectConfig: { admin_cors: DASHBOARD } }
    Object.assign(request, { scope: { resolve: () => configModule } })
    next()
  }
  beforeAll(async () => {
    const app = express()
    app.use(scope)
    app.post("/", adminCors, ownSites, (_, response) => {
      response.json({})
    })
    app.use(errorHandler)
    server = app.listen(0, "127.0.0.1")
    await once(server, "listening")
  })
  afterAll(async () => {
    server.close()
    await once(server, "close")
  })

  const codeFor = async (headers: Record<string, string>) => {
    const { port } = server.address() as AddressInfo
    const sent = request({ port, host: "127.0.0.1", method: "POST", headers })
    sent.end()
    const [response] = (await once(sent, "response")) as [AsyncIterable<Buffer>]
    const parts: Buffer[] = []
    for await (const part of response) parts.push(part)
    const body = JSON.parse(Buffer.concat(parts).toString()) as {
      code?: string
      message?: string
    }
    if (body.message) expect(body.message).toContain("admin_cors")
    return body.code ?? "passed"
  }

  it.each([
    ["a form on another site", { origin: EVIL }],
    ["a frame without an origin", { origin: "null" }],
    ["another site that hides its origin", {}],
    [
      "a form whose address has a name and a password",
      { origin: EVIL, authorization: "Basic eDp5" },
    ],
  ])("is refused from %s", async (_, headers) => {
    const sent = { ...headers, "sec-fetch-site": "cross-site" }
    expect(await codeFor(sent as Record<string, string>)).toBe(
      "order_claim_cross_site"
    )
  })

  it.each<[string, Record<string, string>]>([
    [
      "a dashboard that admin_cors lists",
      { origin: DASHBOARD, "sec-fetch-site": "cross-site" },
    ],
    ["the store's own dashboard", { "sec-fetch-site": "same-origin" }],
    [
      "a dashboard on a subdomain",
      { origin: "https://a.shop.example", "sec-fetch-site": "same-site" },
    ],
    ["a server, or an older browser", { origin: EVIL }],
    [
      "whoever has a bearer token",
      { authorization: "Bearer x", "sec-fetch-site": "cross-site" },
    ],
    [
      "whoever has an API token",
      { "x-medusa-access-token": "x", "sec-fetch-site": "cross-site" },
    ],
  ])("passes from %s", async (_, headers) => {
    expect(await codeFor(headers)).toBe("passed")
  })
})
