/**
 * The mail server of the bench, in a process of its own, so that it does not use the
 * store's CPU. Accepts mail over SMTP, and reports the arrivals over HTTP.
 */
import http from "node:http"
import type net from "node:net"

import "../../integration-tests/stock-store/leave-with-parent"
import { Mailroom } from "./arrivals"
import { smtpServer } from "./smtp"

const mailroom = new Mailroom()

async function answer(url: URL): Promise<unknown> {
  const parameter = (name: string) => url.searchParams.get(name) ?? ""
  switch (url.pathname) {
    case "/arrived":
      return mailroom.arrived(
        parameter("domain"),
        Number(parameter("addresses")),
        Number(parameter("within"))
      )
    case "/delay":
      mailroom.delay = Number(parameter("ms"))
      return {}
    case "/last":
      return { source: mailroom.lastSource }
    default:
      throw new Error(`the sink knows no ${url.pathname}`)
  }
}

const control = http.createServer((request, response) => {
  answer(new URL(request.url ?? "/", "http://sink")).then(
    (body) => response.end(JSON.stringify(body)),
    (error: Error) => response.writeHead(404).end(error.message)
  )
})

const listen = (server: net.Server) =>
  new Promise<number>((resolve) =>
    server.listen(0, "127.0.0.1", () =>
      resolve((server.address() as net.AddressInfo).port)
    )
  )

void (async () => {
  const accept = (to: string, source: string) => mailroom.accept(to, source)
  const smtp = await listen(smtpServer(accept))
  console.log(`smtp ${smtp} control ${await listen(control)}`)
})()
