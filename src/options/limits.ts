import { limitOrList, section } from "./kinds"

export const limits = section({
  /** The limit of links mailed to one address. Of several limits, each holds. */
  per_recipient: limitOrList().default(["5/1h", "10/1d"]),
  /** The limit of claims that one customer may ask for. */
  per_customer: limitOrList().default("20/1h"),
})
