/** A customer's request for the orders of an address, without their ids. */
export interface AddressRequest {
  /** @default the account's own address */
  email?: string
  /** The number of the only order to add; without it, all of the address. */
  display_id?: number
  /** Only orders of these sales channels; without them, of all. */
  sales_channel_ids?: string[]
}
