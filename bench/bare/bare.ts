import path from "node:path"

import { burstFrom, patience, type Burst } from "../burst"
import { startScript } from "../script"
import { newDomain } from "../server"
import type { Arrivals } from "../sink/arrivals"
import type { Sink } from "../sink/sink"
import type { BareReport, BareTask } from "./task"

/** The part of a task that the caller sets. */
export type BareWish = Pick<BareTask, "noDelay" | "letter" | "count" | "pause">

/** Sends with nodemailer's pool alone, all mails at once. */
export async function bareBurst(sink: Sink, wish: BareWish): Promise<Burst> {
  const { handedOver, arrivals } = await bareRun(sink, wish)
  const first = Math.min(...Object.values(handedOver))
  const accepted = Object.values(arrivals.accepted)
  return burstFrom(first, wish.count, arrivals.mails, accepted)
}

/** Sends with nodemailer's pool alone, one mail after the other; in ms, each. */
export async function bareLatencies(
  sink: Sink,
  wish: BareWish
): Promise<number[]> {
  const { handedOver, arrivals } = await bareRun(sink, wish)
  return Object.entries(arrivals.accepted).map(
    ([address, at]) => at - (handedOver[address] ?? NaN)
  )
}

async function bareRun(
  sink: Sink,
  wish: BareWish
): Promise<BareReport & { arrivals: Arrivals }> {
  const task: BareTask = {
    ...wish,
    port: sink.port,
    domain: newDomain(),
    warmDomain: newDomain(),
  }
  const child = startScript("nodemailer", path.join(__dirname, "send.ts"), {
    BENCH_TASK: JSON.stringify(task),
  })
  try {
    const [, report] = await child.waitForLog(
      /report (.*)\n/,
      patience(task.count)
    )
    const { domain, count } = task
    const arrivals = await sink.arrived(domain, count, patience(count))
    return { ...(JSON.parse(report ?? "") as BareReport), arrivals }
  } finally {
    await child.kill()
  }
}
