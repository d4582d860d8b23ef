import type { Transporter } from "nodemailer"
import type { Settings } from "../../options/settings"
import { MailerSource, verifiable } from "../../transports/mailer"
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
  try {
    const mailer = mailerOf(settings)
    if (mailer) return await verify(mailer)
    const detail = "this transport cannot be checked; claim an order to try it"
    return { type: "skipped", what, detail }
  } catch (error) {
    const detail = `the transport could not be made without the store (${oneLine(error)})`
    return { type: "skipped", what, detail }
  }
}

/** @throws any error of a `transport` function that needs the store's container */
function mailerOf({ transport, delivery }: Settings): Mailer | undefined {
  const source =
    typeof transport === "function" ? transport({}) : (transport ?? {})
  return verifiable(source as MailerSource, delivery)
}

async function verify(mailer: Mailer): Promise<Finding> {
  try {
    await mailer.verify()
    return { type: "fine", what, detail: "responds, and accepts the login" }
  } catch (error) {
    const detail = `${oneLine(error)}: check the option transport`
    return { type: "wrong", what, detail }
  } finally {
    mailer.close()
  }
}
