import { hideSecrets, redact } from "../values/redact"

/** An error of nodemailer, of Node's sockets, or of a transport of the shop's own. */
interface Failure {
  code?: string | number
  /** The SMTP command that the mail server refused, such as `MAIL FROM`. */
  command?: string
  responseCode?: number
  /** The mail server's reply. */
  response?: string
  message?: string
}

interface Explanation {
  /** The failure in a few words, such as `the connection was refused`. */
  what: string
  /** The advice on what to check; it follows a colon. */
  help: string
}

/** The reply to `MAIL FROM` that asks for a login. */
const LOGIN_REQUIRED = 530

const NO_ANSWER =
  /timeout|no answer|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN/i
const CERTIFICATE = /certificate|\bCERT_|SELF_SIGNED|UNABLE_TO_/i
const OTHER_PROTOCOL = /wrong version number|SSL routines|ETLS|EPROTO\b/
const RELAY = /relay/i

/**
 * Explains why a mail could not be sent, and which option to look at, in one line with
 * the mail server's words and without passwords.
 */
export function explainFailure(error: unknown): string {
  const failure = Object(error ?? {}) as Failure
  const { what, help } =
    explainConnection(failure) ?? explainReply(failure) ?? UNKNOWN
  const { response, message, code } = failure
  const words = hideSecrets(redact(response || message || code || error))
  return `${what} (${words}): ${help}`
}

const UNKNOWN: Explanation = {
  what: "the transport failed",
  help: "check the option transport",
}

function explainConnection({
  code,
  responseCode,
  message = "",
}: Failure): Explanation | undefined {
  // The mail server has spoken: these are its words.
  if (responseCode) return undefined
  const signs = `${code ?? ""} ${message}`
  if (/ECONNREFUSED/.test(signs)) {
    return {
      what: "the connection was refused",
      help: "does the mail server run? Check host and port in the option transport",
    }
  }
  if (/ENOTFOUND|EAI_AGAIN|EDNS/.test(signs)) {
    return {
      what: "the mail server's name was not found",
      help: "check the host in the option transport",
    }
  }
  if (CERTIFICATE.test(signs)) {
    return {
      what: "the mail server's certificate is not trusted",
      help: "check the host's name in the option transport, or tls in its nodemailer options",
    }
  }
  if (OTHER_PROTOCOL.test(signs)) {
    return {
      what: "no encrypted connection could be established",
      help: "smtps:// (secure: true) is for port 465, smtp:// for 587: check the option transport",
    }
  }
  if (NO_ANSWER.test(signs)) {
    return {
      what: "the mail server did not respond in time",
      help: "check host and port in the option transport, the firewall, and the time limits in the option delivery",
    }
  }
  return undefined
}

function explainReply({
  code,
  command = "",
  responseCode = 0,
  message = "",
}: Failure): Explanation | undefined {
  if (code === "EAUTH" || code === "ENOAUTH" || code === "EOAUTH2") return LOGIN
  if (code === "EENVELOPE" && command === "MAIL FROM") {
    return responseCode === LOGIN_REQUIRED ? LOGIN_WANTED : SENDER
  }
  if (code === "EENVELOPE") {
    return RELAY.test(message) ? LOGIN_WANTED : recipient(responseCode)
  }
  if (code === "EMESSAGE") {
    return {
      what: "the mail server refused the mail itself",
      help: "its response says why; the sender is the option from",
    }
  }
  if (responseCode || /^E(CONNECTION|SOCKET|CONNRESET|PIPE)$/.test(`${code}`)) {
    return {
      what: "the mail server ended the connection",
      help: "its response says why; check the option transport",
    }
  }
  return undefined
}

const LOGIN: Explanation = {
  what: "the login was refused",
  help: "check user and password in the option transport (in a URL, special characters are percent-encoded)",
}

const LOGIN_WANTED: Explanation = {
  what: "the mail server requires a login",
  help: "give user and password in the option transport",
}

const SENDER: Explanation = {
  what: "the sender was refused",
  help: "check the option from: it must be an address that this login may use",
}

function recipient(responseCode: number): Explanation {
  return responseCode >= 500
    ? {
        what: "the recipient was refused",
        help: "check the address, and the option from, which some servers judge only then",
      }
    : {
        what: "the recipient was not accepted for now",
        help: "try again later; in the shop, the email is retried automatically",
      }
}
