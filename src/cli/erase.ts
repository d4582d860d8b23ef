import { MedusaError } from "medusa-core-utils"
import { eraseAddress, Erasure } from "../actions/erase"
import { counted } from "../values/counted"
import { maskAddress } from "../values/email-address"
import { WaitedTooLong } from "../values/waited-too-long"
import { oneLine } from "./checks/finding"
import { requireStoreConfig } from "./store-config"
import { storeDatabase } from "./store-database"

/** The options of the command `erase`. */
export interface EraseOptions {
  config: string
  email: string
  dryRun?: boolean
}

/**
 * Takes an address out of the store's claims, and prints what was done.
 *
 * @throws for anything but one address, or if a claim stays in use
 */
export async function erase({
  config,
  email,
  dryRun = false,
}: EraseOptions): Promise<void> {
  const { projectConfig } = requireStoreConfig(config)
  const opened = storeDatabase(projectConfig)
  if ("missing" in opened) throw new Error(`database: ${opened.missing}`)

  const erasure = await eraseAddress(opened.database, email, {
    isDryRun: dryRun,
  }).catch((error: unknown) => {
    if (error instanceof MedusaError || error instanceof WaitedTooLong) {
      throw error
    }
    throw new Error(
      `the database cannot be used (${oneLine(error)}): run npx medusa-plugin-order-claim doctor to see why`
    )
  })
  for (const line of report(maskAddress(email.trim()), erasure, dryRun)) {
    console.log(line)
  }
}

/** Says what an erasure did, a line for each kind of row. */
function report(
  address: string,
  erasure: Erasure,
  isDryRun: boolean
): string[] {
  const { claims, canceled, blocks, notifications, events } = erasure
  return [
    isDryRun
      ? `Without --dry-run, ${address} would be taken out of:`
      : `${address} was taken out of:`,
    `  ${counted(claims, "claim")} (open, so ${isDryRun ? "to be canceled" : "canceled"}: ${canceled})`,
    `  ${counted(notifications, "notification")} of the plugin`,
    `  ${counted(events, "event")} that asked for orders of the address`,
    `${counted(blocks, "declined or reverted claim")} ${blocks === 1 ? "still blocks its claimant" : "still block their claimants"}.`,
    "Orders, customers and other plugins may still have it: see docs/privacy.md in the plugin's package.",
  ]
}
