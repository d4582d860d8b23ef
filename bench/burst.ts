import { now, pause } from "./clock"
import type { Server } from "./server"
import type { Sink } from "./sink/sink"

/** What came of a burst. */
export interface Burst {
  asked: number
  /** How many of the addresses got their mail in the time that was given. */
  arrived: number
  /** All mails: more than `arrived` if some came twice. */
  mails: number
  /** From the first event (or mail handed over) to the last acceptance. */
  seconds: number
}

/** Core's body limit of 100 kB is reached with some 2,900 order ids. */
const ORDERS_PER_REQUEST = 2500

/** How long a burst may take, in ms: a hundredth of a second per claim. */
export const patience = (count: number): number => 20_000 + count * 10

export const perSecond = ({ arrived, seconds }: Burst): number =>
  arrived / seconds

/** Claims that were asked for, and whose events core still holds. */
export interface Gathered {
  domain: string
  count: number
}

/** Asks for many claims; the bus gets none of their events yet. */
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
 * Lets the bus hand over what has gathered, and waits for the mails.
 * All at once: with core's own settings it is 1,000 every 3 s, and the bus
 * would be all that is measured.
 *
 * @throws when the bus hands over something else than was asked for
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

/** The same in a store where nobody mails. */
export async function letGoUnheard(
  { probe }: Server,
  { count }: Gathered
): Promise<void> {
  await probe.release(count)
  const end = now() + patience(count)
  while ((await probe.events()).count < count) {
    if (now() > end) throw new Error("the bus did not hand everything over")
    await pause(100)
  }
  await pause(1000)
}

/** Asks for many claims and lets the bus hand them all over at once. */
export const burst = async (
  server: Server,
  sink: Sink,
  count: number
): Promise<Burst> => letGo(server, sink, await gather(server, count))

/** Sums up when a burst's mails were accepted. */
export function burstFrom(
  first: number,
  asked: number,
  mails: number,
  accepted: number[]
): Burst {
  // who has not finished has used up all of the time
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
 * A server is measured when it has done the same before: its code is compiled
 * and its connections are open, as in a shop that has run for an hour.
 */
export async function warmUp(server: Server, sink: Sink): Promise<void> {
  const { domain, guests } = await server.newGuests(100)
  await server.handOver(guests)
  await sink.arrived(domain, guests.length, patience(guests.length))
  await pause(1000)
}
