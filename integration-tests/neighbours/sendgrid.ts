import http from "node:http"
import type { AddressInfo } from "node:net"

/** A mail as SendGrid's API gets it. */
export interface ApiMail {
  personalizations: { to: { email: string }[] }[]
  from: { email: string; name?: string }
  reply_to?: { email: string }
  subject: string
  content?: { type: string; value: string }[]
  template_id?: string
}

/** A stand-in for SendGrid's API that records. */
export interface SendGrid {
  url: string
  mails: ApiMail[]
  /** The status of its answers. @default 202 */
  status: number
  /** Resolves once there are `n` mails. */
  waitForMails(n: number): Promise<ApiMail[]>
  stop(): Promise<void>
}

/** Starts it on a free port. */
export async function startSendGrid(): Promise<SendGrid> {
  const listeners = new Set<() => void>()
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString()
      if (self.status < 300) self.mails.push(JSON.parse(body) as ApiMail)
      response.writeHead(self.status, { "x-message-id": "recorded" }).end()
      listeners.forEach((listener) => listener())
    })
  })
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
  const { port } = server.address() as AddressInfo
  const self: SendGrid = {
    url: `http://127.0.0.1:${port}`,
    mails: [],
    status: 202,
    waitForMails: (n) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(
          () => reject(new Error(`only ${self.mails.length} of ${n} mails`)),
          30_000
        )
        const look = () => {
          if (self.mails.length < n) return
          clearTimeout(late)
          listeners.delete(look)
          resolve(self.mails)
        }
        listeners.add(look)
        look()
      }),
    stop: () =>
      new Promise((closed) => {
        server.closeAllConnections()
        server.close(() => closed())
      }),
  }
  return self
}
