import { checkClaimUrl } from "./checks/claim-url"
import { checkDatabase } from "./checks/database"
import { checkEventBus } from "./checks/event-bus"
import { checkSecret, readSettings } from "./checks/options"
import { Finding, isWrong, print } from "./checks/finding"
import { checkSender } from "./checks/sender"
import { checkSmtp } from "./checks/smtp"
import { checkStorefront } from "./checks/storefront"
import { counted } from "../values/counted"
import { requireStoreConfig } from "./store-config"

/** The options of the command `doctor`. */
export interface DoctorOptions {
  config: string
  /** The id of an order of the store, for the option `storefront`. */
  order?: string
}

/**
 * Checks everything that a claim needs.
 *
 * @throws if something is wrong: then the exit code is 1
 */
export async function doctor({ config, order }: DoctorOptions): Promise<void> {
  const store = requireStoreConfig(config)
  const { settings, findings: ofOptions } = readSettings(store.options)
  const findings: Finding[] = []
  const report = (finding: Finding): void => {
    findings.push(finding)
    console.log(print(finding))
  }
  ofOptions.forEach(report)
  report(checkSecret(store.projectConfig.jwt_secret))
  for (const finding of await checkDatabase(store.projectConfig)) {
    report(finding)
  }
  report(checkEventBus(store.modules))
  if (settings) {
    report(await checkSmtp(settings))
    const { chosen, finding } = await checkStorefront(settings, store, order)
    if (finding) report(finding)
    report(await checkSender(chosen))
    report(await checkClaimUrl(chosen))
  }
  const wrong = findings.filter(isWrong).length
  if (wrong) throw new Error(`${counted(wrong, "problem")}, see above`)
  console.log("Everything is in order.")
}
