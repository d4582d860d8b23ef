import { limit, section } from "./kinds"

export const limits = section({
  /** How many links are mailed to one address. */
  per_recipient: limit().default("5/1h"),
  /** How many claims one customer asks for. */
  per_customer: limit().default("20/1h"),
})
