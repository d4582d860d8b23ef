import { duration, limit, section, wholeNumber } from "./kinds"

export const delivery = section({
  /** The number of emails that each server sends at the same time. */
  concurrency: wholeNumber(1, 50).default(5),
  /**
   * The limit on emails that each server sends. The wait for it counts against no time
   * limit.
   * nodemailer's `rateLimit` and `rateDelta` in `transport` mean the same; if both are
   * set, both apply.
   */
  rate_limit: limit().optional(),
  /** The time for which an email is retried after temporary failures. */
  give_up_after: duration("1s", "7d").default("24h"),
  /** The time limit for the mail server to accept a connection and to send its greeting. */
  connection_timeout: duration("1s", "30s").default("5s"),
  /**
   * The time limit for sending one email, and for the wait for a free connection;
   * whoever resends an email in the admin waits for both.
   */
  send_timeout: duration("1s", "10s").default("10s"),
  /**
   * The pause after the first temporary failure. It doubles after each further
   * one, with some jitter.
   */
  first_retry: duration("1s", "10m").default("2s"),
  /** The longest pause between two attempts. */
  longest_retry: duration("1s", "1h").default("3m"),
  /**
   * The time after which other servers take over the emails of a server that has
   * stopped. A running server renews its lease every third of that time.
   */
  lease: duration("2s", "20s").default("15s"),
})
