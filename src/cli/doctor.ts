import { checkClaimUrl } from "./checks/claim-url"
import { checkDatabase } from "./checks/database"
import { checkEventBus } from "./checks/event-bus"
import { checkSecret, readSettings } from "./checks/options"
import { Finding, isWrong, print } from "./checks/finding"
import { checkSender } from "./checks/sender"
import { checkSmtp } from "./checks/smtp"
import { requireStoreConfig } from "./store-config"

/** Checks everything that a claim needs; ends with 1 if something is wrong. */
export async function doctor({ config }: { config: string }): Promise<void> {
  const store = requireStoreConfig(config)
  const { settings, finding } = readSettings(store.options)
  const findings: Finding[] = []
  const tell = (finding: Finding): void => {
    findings.push(finding)
    console.log(print(finding))
  }
  tell(finding)
  tell(checkSecret(store.projectConfig.jwt_secret))
  tell(await checkDatabase(store.projectConfig))
  tell(checkEventBus(store.modules))
  if (settings) {
    tell(await checkSmtp(settings))
    tell(await checkSender(settings))
    tell(await checkClaimUrl(settings))
  }
  const wrong = findings.filter(isWrong).length
  if (wrong) throw new Error(`${wrong} to mend, see above`)
  console.log("Everything is in order.")
}
