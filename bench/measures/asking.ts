import { progress, registerCustomer } from "../../integration-tests/stock-store"
import { warmUp } from "../burst"
import { now, pause } from "../clock"
import { medianOf, rankSum, show, spreadOf } from "../numbers"
import type { Server } from "../server"
import type { Row } from "../table"
import { eachRun, withServer, type Setting } from "./measure"

/** The pause between two requests, in ms. */
const PAUSE = 20

/** A share of runs this small would show a difference where there is none. */
const SIGNIFICANT = 0.001

/** The times of the answers, in ms. */
interface Times {
  withOrders: number[]
  without: number[]
}

/** The answers to who asks for an address with orders, and for one without. */
export async function measureAsking(setting: Setting): Promise<Row[]> {
  const runs = await eachRun(setting.runs, async (run) => {
    const times = await ask(setting)
    const p = rankSum(times.withOrders, times.without)
    progress(`  run ${run}: ${cells(times)}, p = ${p.toFixed(3)}`)
    return { times, p }
  })
  const p = medianOf(runs, (run) => run.p)
  const all: Times = {
    withOrders: runs.flatMap(({ times }) => times.withOrders),
    without: runs.flatMap(({ times }) => times.without),
  }
  return [
    {
      what: "POST /store/order-claims, orders / none: p50, p99",
      cells: { plugin: cells(all) },
      verdict: {
        expected: `the times do not tell: p over ${SIGNIFICANT}: ${p.toFixed(3)}`,
        isMet: p > SIGNIFICANT,
      },
    },
  ]
}

const cells = ({ withOrders, without }: Times): string =>
  [withOrders, without]
    .map(spreadOf)
    .map(({ p50, p99 }) => `${show(p50)}, ${show(p99)} ms`)
    .join(" / ")

const ask = ({ stage: { sink }, stage, sizes }: Setting): Promise<Times> =>
  withServer(stage, { type: "plugin" }, async (server) => {
    await warmUp(server, sink)
    const { guests } = await server.newGuests(sizes.singles)
    const { token } = await registerCustomer(server.url, {
      email: "curious@example.com",
    })
    const asked = shuffled(
      guests.flatMap(({ email }) => [
        { email, hasOrders: true },
        { email: email.replace("guest-", "nobody-"), hasOrders: false },
      ])
    )
    const times: Times = { withOrders: [], without: [] }
    for (const { email, hasOrders } of asked) {
      const time = await request(server, token, email)
      times[hasOrders ? "withOrders" : "without"].push(time)
      await pause(PAUSE)
    }
    return times
  })

/** Puts requests in a random order: the work for one must not fall on a certain other. */
function shuffled<T>(values: T[]): T[] {
  return values
    .map((value) => ({ value, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value)
}

async function request(
  { url }: Server,
  token: string,
  email: string
): Promise<number> {
  const start = now()
  const response = await fetch(`${url}/store/order-claims`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ email }),
  })
  await response.text()
  if (!response.ok) throw new Error(`the shop answered ${response.status}`)
  return now() - start
}
