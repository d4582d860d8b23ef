import { duration, section, wholeNumber } from "./kinds"

export const delivery = section({
  /** How many emails each server sends at the same time. */
  concurrency: wholeNumber(1, 50).default(5),
  /** How long an email is tried again after temporary failures. */
  give_up_after: duration("1s", "7d").default("24h"),
  /** How long the mail server may take to accept a connection and to greet. */
  connection_timeout: duration("1s", "30s").default("5s"),
  /** How long sending one email may take; an admin who resends one waits for it. */
  send_timeout: duration("1s", "10s").default("10s"),
  /**
   * The pause after the first temporary failure. It doubles with each further
   * one, with some jitter.
   */
  first_retry: duration("1s", "10m").default("2s"),
  /** The longest pause between two attempts. */
  longest_retry: duration("1s", "1h").default("3m"),
  /**
   * How long a server may be silent before others take over its emails. A
   * running server renews its lease every third of that time.
   */
  lease: duration("2s", "20s").default("15s"),
})
