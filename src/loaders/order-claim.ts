import type { MedusaContainer } from "@medusajs/medusa"
import { asFunction } from "awilix"
import type OrderClaimService from "../services/order-claim"
import { onTermination } from "../process/termination"
import { withTimeLimit } from "../values/time-limit"

// `medusa seed`, `medusa user`, … load plugins too and exit when they are done:
// a mail on the wire would be cut off.
const SHORT_LIVED = ["seed", "user", "migrations", "exec"]

/** How long a server that ends waits for the mails that are on the wire. */
const FINISH_WITHIN_MS = 5000

/** Starts the courier in a process that serves, and ends it with the process. */
export default async function startOrderClaims(
  container: MedusaContainer
): Promise<void> {
  if (isShortLived()) return

  const service = container.resolve<OrderClaimService>("orderClaimService")
  if (!(await service.isReady()) || !isWorker(container)) return

  onTermination(() => service.stop())
  finishBeforeExit(container, service)
  service.start()
}

/** Medusa waits for disposers since 1.20.5; earlier releases never ask. */
function finishBeforeExit(
  container: MedusaContainer,
  service: OrderClaimService
): void {
  const name = "orderClaimShutdown"
  const shutdown = asFunction(() => service)
    .singleton()
    .disposer(() =>
      withTimeLimit(FINISH_WITHIN_MS, service.stop(), () => undefined)
    )
  container.register(name, shutdown)
  // Only what has been resolved is disposed of.
  container.resolve(name)
}

function isShortLived(): boolean {
  const [, script = "", command = ""] = process.argv
  return /medusa|cli\.js$/.test(script) && SHORT_LIVED.includes(command)
}

/** Since 1.20 a server may be told to leave such work to others. */
function isWorker(container: MedusaContainer): boolean {
  const { projectConfig } = container.resolve<{
    projectConfig: { worker_mode?: string }
  }>("configModule")
  return projectConfig.worker_mode !== "server"
}
