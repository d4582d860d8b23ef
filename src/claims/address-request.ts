/** A customer's request for the orders of an address, without their ids. */
export interface AddressRequest {
  /** @default the account's own address */
  email?: string
  /** The number of the only order to ask for; without it, all orders of the address. */
  display_id?: number
  /** The sales channels of the orders; without them, all sales channels. */
  sales_channel_ids?: string[]
}
