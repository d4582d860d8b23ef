import { campaign } from "./campaign"
import { redisAvailable } from "./stock-store"

/** The event buses of this machine: Medusa's local one, and that on Redis. */
export const everyBus = redisAvailable() ? ["local", "redis"] : ["local"]

/** The local bus alone in a short run, for rules that hardly depend on the bus. */
export const campaignBuses = everyBus.slice(0, campaign(1, 2))

/** Redis alone in a short run, for what shops with several servers do. */
export const busesOfMany = everyBus.slice(-campaign(1, 2))
