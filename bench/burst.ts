import { now, pause } from "./clock"
import type { Server } from "./server"
import type { Sink } from "./sink/sink"

/** The result of a burst. */
export interface Burst {
  asked: number
  /** The number of addresses that got their mail in time. */
  arrived: number
  /** All mails: more than `arrived` if some came twice. */
  mails: number
  /** The time from the first event (or mail handed over) to the last acceptance. */
  seconds: number
}

/** Core's body limit of 100 kB is reached with some 2,900 order ids. */
const ORDERS_PER_REQUEST = 2500

/** The time that a burst may take, in ms: a hundredth of a second per claim. */
export const patience = (count: number): number => 20_000 + count * 10

export const perSecond = ({ arrived, seconds }: Burst): number =>
  arrived / seconds

/** Claims that were requested, while core still holds their events. */
export interface Gathered {
  domain: string
  count: number
}

/** Requests many claims; the bus gets none of their events yet. */
export async function gather(server: Server, count: number): Promise<Gathered> {
  const { domain, guests } = await server.newGuests(count)
  await server.probe.hold()
  for (let i = 0; i < count; i += ORDERS_PER_REQUEST) {
    const some = guests.slice(i, i + ORDERS_PER_REQUEST)
    await server.ask(some.map(({ orderId }) => orderId))
  }
  return { domain, count }
}

/**
 * Lets the bus deliver the gathered events, and waits for the mails. All at once:
 * with core's own settings it is 1,000 every 3 s, and only the bus would be
 * measured.
 *
 * @throws if the number of delivered events is not that of the requests
 */
export async function letGo(
  { probe }: Server,
  sink: Sink,
  { domain, count }: Gathered
): Promise<Burst> {
  await probe.release(count)
  const { accepted, mails } = await sink.arrived(domain, count, patience(count))
  const events = await probe.events()
  if (events.count !== count || events.first === null) {
    throw new Error(`${count} claims asked for, ${events.count} events came`)
  }
  return burstFrom(events.first, count, mails, Object.values(accepted))
}

/** Lets the bus deliver the events in a store without a mailer. */
export async function letGoUnheard(
  { probe }: Server,
  { count }: Gathered
): Promise<void> {
  await probe.release(count)
  const end = now() + patience(count)
  while ((await probe.events()).count < count) {
    if (now() > end) throw new Error("the bus did not deliver all events")
    await pause(100)
  }
  await pause(1000)
}

/** Requests many claims, and lets the bus deliver their events at once. */
export const burst = async (
  server: Server,
  sink: Sink,
  count: number
): Promise<Burst> => letGo(server, sink, await gather(server, count))

/** Summarizes the acceptance times of a burst's mails. */
export function burstFrom(
  first: number,
  asked: number,
  mails: number,
  accepted: number[]
): Burst {
  // A burst that did not finish has used up the whole time.
  const last =
    accepted.length < asked ? now() : accepted.reduce((a, b) => Math.max(a, b))
  return {
    asked,
    arrived: accepted.length,
    mails,
    seconds: (last - first) / 1e3,
  }
}

/**
 * Warms a server up before it is measured: its code is loaded and its connections are
 * open. V8 goes on compiling what is called most, for thousands of mails.
 */
export async function warmUp(server: Server, sink: Sink): Promise<void> {
  const { domain, guests } = await server.newGuests(100)
  await server.handOver(guests)
  await sink.arrived(domain, guests.length, patience(guests.length))
  await pause(1000)
}
