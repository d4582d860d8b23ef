import { checkClaimUrl } from "./checks/claim-url"
import { checkDatabase } from "./checks/database"
import { checkEventBus } from "./checks/event-bus"
import { checkSecret, readSettings } from "./checks/options"
import { Finding, isWrong, print } from "./checks/finding"
import { checkSender } from "./checks/sender"
import { checkSmtp } from "./checks/smtp"
import { counted } from "../values/counted"
import { requireStoreConfig } from "./store-config"

/**
 * Checks everything that a claim needs.
 *
 * @throws if something is wrong: then the exit code is 1
 */
export async function doctor({ config }: { config: string }): Promise<void> {
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
    report(await checkSender(settings))
    report(await checkClaimUrl(settings))
  }
  const wrong = findings.filter(isWrong).length
  if (wrong) throw new Error(`${counted(wrong, "problem")}, see above`)
  console.log("Everything is in order.")
}
