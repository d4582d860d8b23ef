import { limitOrList, section } from "./kinds"

export const limits = section({
  /** The limit on links mailed to one address. With a list of limits, all apply. */
  per_recipient: limitOrList().default(["5/1h", "10/1d"]),
  /**
   * The limit on claims that one customer can ask for. Those above it are recorded, but
   * not mailed. After five times as many requests without ids, more are refused.
   */
  per_customer: limitOrList().default("20/1h"),
})
