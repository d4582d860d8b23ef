import type { Transporter } from "nodemailer"
import type { Settings } from "../../options/settings"
import { explainFailure } from "../../transports/explain-failure"
import { createMailer, MailerSource, verifiable } from "../../transports/mailer"
import { emptyContainer } from "../without-store"
import { Finding, oneLine } from "./finding"

const what = "mail server"

type Mailer = Pick<Transporter, "verify" | "close">

/** Checks that the mail server accepts the shop's login. Nothing is sent. */
export async function checkSmtp(settings: Settings): Promise<Finding> {
  if (settings.transport === undefined) {
    const detail =
      "no transport is set: in development mails go to the log, in production the server does not start"
    return { type: "skipped", what, detail }
  }
  const { container, wasAsked } = emptyContainer()
  try {
    const mailer = mailerOf(settings, container)
    if (mailer) return await verify(mailer)
    const detail = "this transport cannot be checked; try it with send-test"
    return { type: "skipped", what, detail }
  } catch (error) {
    if (!wasAsked()) {
      const detail = `${oneLine(error)}: check the option transport`
      return { type: "wrong", what, detail }
    }
    const detail = `the transport could not be made without the store (${oneLine(error)})`
    return { type: "skipped", what, detail }
  }
}

/**
 * @returns `undefined` if the transport cannot check
 * @throws if it is none, or if its function needs the store's container
 */
function mailerOf(
  { transport, delivery }: Settings,
  container: Record<string, unknown>
): Mailer | undefined {
  const source = (
    typeof transport === "function" ? transport(container) : (transport ?? {})
  ) as MailerSource
  const mailer = verifiable(source, delivery)
  // What cannot be checked has to be something that sends, all the same.
  if (!mailer) createMailer(source, delivery)
  return mailer
}

async function verify(mailer: Mailer): Promise<Finding> {
  try {
    await mailer.verify()
    return { type: "fine", what, detail: "responds, and accepts the login" }
  } catch (error) {
    return { type: "wrong", what, detail: explainFailure(error) }
  } finally {
    mailer.close()
  }
}
