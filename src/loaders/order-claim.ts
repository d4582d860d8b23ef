import type { MedusaContainer } from "@medusajs/medusa"
import { asFunction } from "awilix"
import type OrderClaimService from "../services/order-claim"
import { onTermination } from "../process/termination"
import type { Logger } from "../values/logger"
import { withTimeLimit } from "../values/time-limit"

// `medusa seed`, `medusa user`, … load plugins too and exit when they are done:
// a mail on the wire would be cut off.
const SHORT_LIVED = ["seed", "user", "migrations", "exec"]

/** The time that a stopping server waits for the mails on the wire. */
const FINISH_WITHIN_MS = 5000

/**
 * Medusa calls loaders in the middle of its start, and goes on for some 400 ms. The
 * courier and the parts that it loads wait until that is over.
 */
const START_AFTER_MS = 1000

/**
 * Starts the workers once the server or worker has started, and stops them with the
 * process.
 */
export default function startOrderClaims(container: MedusaContainer): void {
  if (isShortLived()) return

  const service = container.resolve<OrderClaimService>("orderClaimService")
  const stop = startLater(container, service)
  onTermination(stop)
  finishBeforeExit(container, stop)
}

/** @returns stops the workers, or keeps them from starting */
function startLater(
  container: MedusaContainer,
  service: OrderClaimService
): () => Promise<void> {
  let isStopped = false

  const start = async () => {
    const isReady = await service.isReady()
    if (isReady && isWorker(container) && !isStopped) service.start()
  }
  const timer = setTimeout(() => {
    start().catch((error: Error) => {
      const logger = container.resolve<Logger>("logger")
      logger.error(`order-claim: the courier did not start: ${error.message}`)
    })
  }, START_AFTER_MS).unref()

  return async () => {
    isStopped = true
    clearTimeout(timer)
    await service.stop()
  }
}

/** Registers a disposer: Medusa 1.20.5 and later wait for it, earlier ones never call it. */
function finishBeforeExit(
  container: MedusaContainer,
  stop: () => Promise<void>
): void {
  const name = "orderClaimShutdown"
  const shutdown = asFunction(() => stop)
    .singleton()
    .disposer(() => withTimeLimit(FINISH_WITHIN_MS, stop(), () => undefined))
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
