import type { Settings } from "../../options/settings"
import { MailerSource, verifiable } from "../../transports/mailer"
import { Finding, oneLine } from "./finding"

const what = "mail server"

/** Whether the mail server lets the shop in. Nothing is sent. */
export async function checkSmtp({
  transport,
  delivery,
}: Settings): Promise<Finding> {
  if (transport === undefined) {
    const detail =
      "no transport is set: in development mails go to the log, in production the start fails"
    return { type: "skipped", what, detail }
  }
  try {
    const source =
      typeof transport === "function"
        ? (transport({}) as MailerSource)
        : transport
    const mailer = verifiable(source, delivery)
    if (!mailer) {
      const detail = "this transport cannot be asked; try send-test"
      return { type: "skipped", what, detail }
    }
    await mailer.verify()
    mailer.close()
    return { type: "fine", what, detail: "answers, and lets the shop in" }
  } catch (error) {
    return typeof transport === "function"
      ? {
          type: "skipped",
          what,
          detail: `the transport function could not be tried without the store (${oneLine(error)})`,
        }
      : {
          type: "wrong",
          what,
          detail: `${oneLine(error)}: check the option transport`,
        }
  }
}
