import type net from "node:net"
import { SMTPServer, type SMTPServerSession } from "smtp-server"

import { Mailbox, type WaitOptions } from "./mailbox"
import { receivedMail, type ReceivedMail } from "./received-mail"

/** An SMTP refusal, such as `{ code: 451, message: "try later" }`. */
export interface SmtpRefusal {
  code: number
  message: string
}

/** Refuses, or accepts with undefined; a promise makes the server slow. */
export type SmtpAnswer =
  SmtpRefusal | undefined | Promise<SmtpRefusal | undefined>

/** A real SMTP server that records. */
export interface MailServer {
  url: string
  port: number
  /** Accepted mails in the order they came. */
  mails: ReceivedMail[]
  /** Every address that RCPT TO named, accepted or not. */
  recipients: string[]
  /** Set it to decide about a recipient. */
  onRcpt?: (address: string) => SmtpAnswer
  /** Set it to decide about a mail after its last line. */
  onData?: (mail: ReceivedMail) => SmtpAnswer
  /** Resolves with the first `n` mails (to one address) once they are here. */
  waitForMails(n: number, options?: WaitOptions): Promise<ReceivedMail[]>
  stop(): Promise<void>
}

type Callback = (error?: Error | null) => void

function reply(answer: Promise<SmtpRefusal | undefined>, callback: Callback) {
  answer.then(
    (refused) =>
      callback(
        refused &&
          Object.assign(new Error(refused.message), {
            responseCode: refused.code,
          })
      ),
    callback
  )
}

/**
 * Starts an SMTP server on 127.0.0.1, without TLS and login.
 *
 * @param port - to come back where an earlier one was. @default a free one
 */
export async function startMailServer(port = 0): Promise<MailServer> {
  const mailbox = new Mailbox()

  const accept = async (source: Buffer, session: SMTPServerSession) => {
    const mail = await receivedMail(source, session)
    const refused = await self.onData?.(mail)
    if (!refused) {
      mailbox.add(mail)
    }
    return refused
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    // how long stop() leaves a pooled connection that nobody closes
    closeTimeout: 100,
    onRcptTo: ({ address }, _session, callback) => {
      self.recipients.push(address)
      reply(Promise.resolve(self.onRcpt?.(address)), callback)
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = []
      stream.on("data", (chunk: Buffer) => chunks.push(chunk))
      stream.once("end", () =>
        reply(accept(Buffer.concat(chunks), session), callback)
      )
    },
  })
  // a client that is killed in the middle is part of the tests
  server.on("error", () => undefined)
  await new Promise<void>((resolve) =>
    server.listen(port, "127.0.0.1", resolve)
  )

  const address = server.server.address() as net.AddressInfo
  const self: MailServer = {
    url: `smtp://127.0.0.1:${address.port}`,
    port: address.port,
    mails: mailbox.mails,
    recipients: [],
    waitForMails: (n, options) => mailbox.waitFor(n, options),
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
  return self
}
