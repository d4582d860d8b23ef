import type { Socket } from "net"
import type { SendMailOptions, Transport, Transporter } from "nodemailer"
import type SMTPConnection from "nodemailer/lib/smtp-connection"
import type MailMessage from "nodemailer/lib/mailer/mail-message"
import { withTimeLimit } from "../values/time-limit"
import { ConnectionError } from "./connection-error"
import { joinMailAndDot, openDirectSocket } from "./direct-socket"
import type { Lane } from "./lane"
import { buildMail, withEncodedParts } from "./mime"

/** The parts of nodemailer that a lane is made of. */
export interface LaneParts {
  createTransport: (transport: Transport) => Transporter
  SMTPConnection: typeof SMTPConnection
}

/** nodemailer's options of an SMTP connection. */
export interface SmtpOptions extends SMTPConnection.Options {
  auth?: { user: string; pass: string; method?: string }
  dkim?: SendMailOptions["dkim"]
  forceAuth?: boolean
  /** Also the time that the mail server has to forget a refused mail. */
  greetingTimeout: number
  /** The mails that a connection may carry. */
  maxMessages?: number
  normalizeHeaderKey?: SendMailOptions["normalizeHeaderKey"]
}

/** nodemailer's own default: mail servers limit the mails per connection. */
const MAILS_PER_CONNECTION = 100

/**
 * One connection to the mail server, kept open between mails and after a refused
 * one. nodemailer's pool would close it and pause after each refusal, and could not
 * close one silent connection without all others.
 */
export class SmtpLane implements Lane {
  private readonly mailer: Transporter
  private connection?: SMTPConnection
  private socket?: Socket
  private mails = 0
  private isDestroyed = false
  /** Ends when the mail server has forgotten a refused mail, or the connection is closed. */
  private recovery: Promise<void> = Promise.resolve()
  /** Fails what waits for an answer. */
  private fail: (error: Error) => void = () => undefined

  constructor(
    private readonly parts: LaneParts,
    private readonly options: SmtpOptions
  ) {
    this.mailer = parts.createTransport({
      name: "order-claim",
      version: "1",
      send: (mail, done) => {
        this.carry(mail).then(
          (info) => done(null, info),
          (error: Error) => done(error, null)
        )
      },
    })
  }

  async send(mail: SendMailOptions): Promise<unknown> {
    this.mails += 1
    const { dkim, normalizeHeaderKey } = this.options
    const complete = { ...withEncodedParts(mail), dkim, normalizeHeaderKey }
    return (await this.mailer.sendMail(complete)) as unknown
  }

  isUsable(): boolean {
    const { maxMessages = MAILS_PER_CONNECTION } = this.options
    return Boolean(this.connection) && this.mails < maxMessages
  }

  whenEmpty(): Promise<void> {
    // A mail that is given up has its connection closed.
    return this.recovery
  }

  destroy(): void {
    this.isDestroyed = true
    this.drop()
  }

  private async carry(composed: MailMessage): Promise<unknown> {
    // Built as one buffer: a stream would write each line of the mail separately.
    const mail = await buildMail(composed)
    const envelope = composed.message.getEnvelope()
    const connection = (this.connection ??= await this.connect())
    try {
      return await this.answer((done) => connection.send(envelope, mail, done))
    } catch (error) {
      this.recovery = this.recover(
        connection,
        error as SMTPConnection.SMTPError
      )
      throw error
    }
  }

  /** Resets the connection after a refusal, so that it can be used again; else drops it. */
  private async recover(
    connection: SMTPConnection,
    { responseCode }: SMTPConnection.SMTPError
  ): Promise<void> {
    // 421: the server closes the connection.
    const isAnswered = responseCode !== undefined && responseCode !== 421
    if (!isAnswered) return this.drop()

    const drop = () => this.drop()
    const reset = this.answer((done) => connection.reset(done))
    await withTimeLimit(this.options.greetingTimeout, reset, drop).catch(drop)
  }

  private async connect(): Promise<SMTPConnection> {
    const socket = await this.openSocket()
    const connection = new this.parts.SMTPConnection({
      ...this.options,
      connection: socket,
      secured: false,
    })
    const end = (error: Error) => {
      // Before the drop, which emits `end` and knows no reason.
      this.fail(error)
      this.drop()
    }
    connection.on("error", end)
    connection.once("end", () =>
      end(new ConnectionError("the connection was closed"))
    )
    await this.answer((done) => {
      connection.connect((error) => {
        if (error) end(error)
        else this.login(connection, (e) => (e ? end(e) : done()))
      })
    })
    // Encrypted, mails go through a socket of nodemailer's own.
    if (!connection.secure) joinMailAndDot(socket)
    return connection
  }

  private login(
    connection: SMTPConnection,
    done: (error?: Error) => void
  ): void {
    const { auth, authMethod, forceAuth } = this.options
    // Missing in its types, but nodemailer's own transports use it.
    const { allowsAuth } = connection as { allowsAuth?: boolean }
    if (!auth || !(allowsAuth || forceAuth)) return done()

    // A copy: nodemailer writes into it.
    const login = { ...auth, method: auth.method || authMethod }
    connection.login(login, done)
  }

  /**
   * Resolves with the answer to a command, and fails at once if the connection ends:
   * nodemailer then calls nothing back, but emits an event.
   */
  private answer(
    ask: (done: (error?: Error | null, answer?: unknown) => void) => void
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.fail = reject
      ask((error, answer) => (error ? reject(error) : resolve(answer)))
    })
  }

  private openSocket(): Promise<Socket> {
    return new Promise((resolve, reject) => {
      openDirectSocket(this.options, (error, opened) => {
        if (!opened)
          return reject(error ?? new ConnectionError("no connection"))
        this.socket = opened.connection
        if (!this.isDestroyed) return resolve(opened.connection)
        this.drop()
        reject(new ConnectionError("too late"))
      })
    })
  }

  private drop(): void {
    this.connection?.close()
    this.connection = undefined
    this.socket?.destroy()
  }
}
