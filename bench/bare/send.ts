/**
 * Sends with nodemailer's pool and nothing else: the fastest that mail can leave a
 * Node process. Reads its task from the environment, and prints the times at which it
 * handed its mails over.
 */
import net from "node:net"
import { createTransport } from "nodemailer"

import "../../integration-tests/stock-store/leave-with-parent"
import { now, pause } from "../clock"
import type { BareReport, BareTask } from "./task"

const task = JSON.parse(process.env.BENCH_TASK ?? "") as BareTask

/** Connects as nodemailer does, except for one line. */
function getSocket(
  _options: unknown,
  callback: (error: Error | null, socket?: { connection: net.Socket }) => void
): void {
  const connection = net.connect(task.port, "127.0.0.1")
  connection.setNoDelay(true)
  connection.once("error", callback)
  connection.once("connect", () => {
    connection.off("error", callback)
    callback(null, { connection })
  })
}

const transport = createTransport({
  host: "127.0.0.1",
  port: task.port,
  pool: true,
  // As many as the plugin's `delivery.concurrency`.
  maxConnections: 5,
  ...(task.noDelay ? { getSocket } : {}),
})

const send = (to: string) =>
  transport.sendMail({ ...task.letter, from: "orders@shop.example", to })

const guests = (domain: string, count: number) =>
  Array.from({ length: count }, (_, n) => `guest-${n + 1}@${domain}`)

async function main(): Promise<void> {
  await Promise.all(guests(task.warmDomain, 100).map(send))

  const report: BareReport = { handedOver: {} }
  const all = guests(task.domain, task.count)
  if (task.pause === undefined) {
    report.handedOver[all[0] ?? ""] = now()
    await Promise.all(all.map(send))
  } else {
    for (const to of all) {
      report.handedOver[to] = now()
      await send(to)
      await pause(task.pause)
    }
  }
  transport.close()
  console.log(`report ${JSON.stringify(report)}`)
}

void main()
