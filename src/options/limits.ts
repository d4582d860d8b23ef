import { limit, section } from "./kinds"

export const limits = section({
  /** The limit of links mailed to one address. */
  per_recipient: limit().default("5/1h"),
  /** The limit of claims that one customer may ask for. */
  per_customer: limit().default("20/1h"),
})
