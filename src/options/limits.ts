import { limit, section } from "./kinds"

export const limits = section({
  /** How many links may be mailed to one address. */
  per_recipient: limit().default("5/1h"),
  /** How many claims one customer may ask for. */
  per_customer: limit().default("20/1h"),
})
