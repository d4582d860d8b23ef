/** A failure of the connection to the mail server, as nodemailer marks its own. */
export class ConnectionError extends Error {
  override name = "ConnectionError"
  readonly code = "ECONNECTION"
}
