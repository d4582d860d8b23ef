import type { MedusaContainer } from "@medusajs/medusa"
import type OrderClaimService from "../services/order-claim"

// `medusa seed`, `medusa user`, … load plugins too and exit when they are done:
// a mail on the wire would be cut off.
const SHORT_LIVED = ["seed", "user", "migrations", "exec"]

/** Starts the courier in a process that serves. */
export default async function startOrderClaims(
  container: MedusaContainer
): Promise<void> {
  if (!isServing(container)) return

  const service = container.resolve<OrderClaimService>("orderClaimService")
  await service.start()
}

function isServing(container: MedusaContainer): boolean {
  const { projectConfig } = container.resolve<{
    projectConfig: { worker_mode?: string }
  }>("configModule")
  const [, script = "", command = ""] = process.argv
  const isMedusaCli = /medusa|cli\.js$/.test(script)

  return (
    projectConfig.worker_mode !== "server" &&
    !(isMedusaCli && SHORT_LIVED.includes(command))
  )
}
