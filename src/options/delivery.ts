import { duration, limit, section, wholeNumber } from "./kinds"

export const delivery = section({
  /** The number of emails that each server sends at the same time. */
  concurrency: wholeNumber(1, 50).default(5),
  /**
   * The limit of emails that leave, for each server by itself. Waiting for it counts
   * against no time limit. nodemailer's `rateLimit` and `rateDelta` in `transport`
   * mean the same; if both are given, both hold.
   */
  rate_limit: limit().optional(),
  /** The time for which an email is tried again after temporary failures. */
  give_up_after: duration("1s", "7d").default("24h"),
  /** The time limit for the mail server to accept a connection and to greet. */
  connection_timeout: duration("1s", "30s").default("5s"),
  /**
   * The time limit for sending one email, and for the wait for a free connection; an
   * admin who resends one waits for it.
   */
  send_timeout: duration("1s", "10s").default("10s"),
  /**
   * The pause after the first temporary failure. It doubles with each further
   * one, with some jitter.
   */
  first_retry: duration("1s", "10m").default("2s"),
  /** The longest pause between two attempts. */
  longest_retry: duration("1s", "1h").default("3m"),
  /**
   * The time after which others take over the emails of a silent server. A
   * running server renews its lease every third of that time.
   */
  lease: duration("2s", "20s").default("15s"),
})
