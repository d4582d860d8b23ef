import type { Logger } from "../log"
import type { Settings } from "../options/settings"
import type { Transport } from "../transports/transport"
import type { OwnPool } from "./database"

/** What courier and resender work with. */
export interface OutboxParts {
  pool: OwnPool
  transport: Transport
  settings: Settings
  jwtSecret: string
  logger: Logger
}
