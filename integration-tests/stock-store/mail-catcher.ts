import fs from "node:fs/promises"
import os from "node:os"
import path from "node:path"

import { startChild } from "./child"
import { eventually } from "./eventually"
import { freePort } from "./free-port"
import { leaveWithParent, repository } from "./places"

/** A mail as maildev's REST API shows it. */
export interface CaughtMail {
  id: string
  /** True once somebody has opened it. */
  read: boolean
  subject: string
  text: string
  envelope: { to: { address: string }[] }
}

/** Maildev: takes every mail over SMTP and shows it in a browser. */
export interface MailCatcher {
  /** The SMTP URL that mails go to. */
  smtpUrl: string
  /** The page that shows them. */
  url: string
  /** Resolves with the claim mails to an address once there are `n`. */
  waitForClaimMails(to: string, n: number): Promise<CaughtMail[]>
  /** Opens the unread claim mail to an address: resolves with the URL of its HTML. */
  openClaimMail(to: string): Promise<string>
  /** Ends it and forgets its mails. */
  stop(): Promise<void>
}

/** The ports it listens on. @default free ones */
export interface MailCatcherPorts {
  smtpPort?: number
  webPort?: number
}

/** Starts maildev. */
export async function startMailCatcher(
  ports: MailCatcherPorts = {}
): Promise<MailCatcher> {
  const smtpPort = ports.smtpPort ?? (await freePort())
  const webPort = ports.webPort ?? (await freePort())
  const url = `http://localhost:${webPort}`
  const mails = await fs.mkdtemp(path.join(os.tmpdir(), "order-claim-mails-"))
  const child = startChild({
    name: "The mail catcher",
    line: [
      process.execPath,
      ...leaveWithParent,
      path.join(repository, "node_modules/maildev/bin/maildev"),
      ...["--ip", "127.0.0.1", "--smtp", String(smtpPort)],
      ...["--web", String(webPort), "--mail-directory", mails],
    ],
    cwd: repository,
  })
  await child.waitForLog("SMTP Server running")
  await child.waitForLog("webapp running")

  const list = async () =>
    (await (await fetch(`${url}/email`)).json()) as CaughtMail[]

  const claimMails = async (to: string): Promise<CaughtMail[]> =>
    (await list()).filter(
      ({ envelope, text }) =>
        envelope.to.some(({ address }) => address === to) &&
        text.includes("token=")
    )

  return {
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    url,
    waitForClaimMails: (to, n) =>
      eventually(
        async () => {
          const found = await claimMails(to)
          return found.length >= n && found
        },
        `${n} mails with a link to ${to}`,
        60_000
      ),
    openClaimMail: async (to) => {
      const { id } = await eventually(
        async () => (await claimMails(to)).find(({ read }) => !read),
        `an unread mail with a link to ${to}`,
        60_000
      )
      const mail = `${url}/email/${id}`
      // marks it as read, which its HTML alone does not
      await fetch(mail)
      return `${mail}/html`
    },
    stop: async () => {
      await child.stop()
      await fs.rm(mails, { recursive: true, force: true })
    },
  }
}
