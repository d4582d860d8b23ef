import type { MedusaContainer } from "@medusajs/medusa"
import { asFunction } from "awilix"
import type OrderClaimService from "../services/order-claim"
import { onTermination } from "../process/termination"
import { withTimeLimit } from "../values/time-limit"

// `medusa seed`, `medusa user`, … load plugins too and exit when they are done:
// a mail on the wire would be cut off.
const SHORT_LIVED = ["seed", "user", "migrations", "exec"]

/** The time that a stopping server waits for the mails on the wire. */
const FINISH_WITHIN_MS = 5000

/** Starts the courier in a server or worker, and stops it with the process. */
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

/** Registers a disposer: Medusa 1.20.5 and later wait for it, earlier ones never call it. */
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
  // Only services that have been resolved are disposed of.
  container.resolve(name)
}

function isShortLived(): boolean {
  const [, script = "", command = ""] = process.argv
  return /medusa|cli\.js$/.test(script) && SHORT_LIVED.includes(command)
}

/** True unless this server leaves such work to workers, as 1.20 and later allow. */
function isWorker(container: MedusaContainer): boolean {
  const { projectConfig } = container.resolve<{
    projectConfig: { worker_mode?: string }
  }>("configModule")
  return projectConfig.worker_mode !== "server"
}
