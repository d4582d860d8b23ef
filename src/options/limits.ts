import { limitOrList, section } from "./kinds"

export const limits = section({
  /** The limit on links sent to one address. With a list of limits, all apply. */
  per_recipient: limitOrList().default(["5/1h", "10/1d"]),
  /**
   * The limit on claims that one customer can ask for. Those above it are recorded
   * but not emailed. After five times as many requests without ids, further ones are refused.
   */
  per_customer: limitOrList().default("20/1h"),
})
