import type Medusa from "@medusajs/medusa-js"

/** A claim as the holder of its link may see it. */
export type ClaimLookup = OpenClaim | RevertableClaim | { status: DeadStatus }

/** A claim that waits for a decision. */
export interface OpenClaim {
  status: "open"
  expires_at: string
  /** The customer who asks; the address is masked, the name may be empty. */
  claimant: { name: string; email: string }
  /** True if the customer's account has the reader's own address. */
  own_address: boolean
  /** The time at which that account was opened, if `own_address`. */
  account_opened_at: string | null
  order_count: number
  /** The first five. */
  orders: ClaimedOrder[]
  /** True if only the customer who asks can confirm, logged in. */
  login_required: boolean
}

/** A claim that was confirmed, and can be taken back until it expires. */
export interface RevertableClaim extends Omit<OpenClaim, "status"> {
  status: "revertable"
}

export interface ClaimedOrder {
  display_id: number
  created_at: string
  item_count: number
  /** The first five. */
  items: { title: string; quantity: number }[]
}

/** For a link that no longer works, the store returns only the status. */
export type DeadStatus =
  | "expired"
  | "superseded"
  | "confirmed"
  | "used"
  | "reverted"
  | "declined"
  | "canceled"
  | "stale"

/** A claim as the customer who asked may see it. */
export interface OwnClaim {
  id: string
  status:
    "waiting" | "confirmed" | "reverted" | "declined" | "canceled" | "expired"
  /** The address that the link was emailed to, masked. */
  email: string
  /** Empty unless the customer named the orders, or has them now. */
  order_ids: string[]
  /** The order's number, if one was asked for by its number. */
  display_id: number | null
  created_at: string
  expires_at: string
}

/** The orders to ask for; without an address, those of the account's own. */
export interface Wanted {
  email?: string
  display_id?: number
}

/**
 * The requests to medusa-plugin-order-claim for which the official client has no
 * method. (It has `orders.requestCustomerOrders` and `orders.confirmRequest`.)
 */
export function orderClaims({ client }: Medusa) {
  const post = (what: string, token: string) =>
    client.request("POST", `/store/order-claims/${what}`, { token })

  return {
    lookUp: async (token: string) => {
      const answer = (await post("lookup", token)) as {
        order_claim: ClaimLookup
      }
      return answer.order_claim
    },
    decline: async (token: string) => {
      await post("decline", token)
    },
    renew: async (token: string) => {
      await post("renew", token)
    },
    revert: async (token: string) => {
      const answer = (await post("revert", token)) as {
        order_claim: { status: "reverted" | "stale" }
      }
      return answer.order_claim.status
    },
    ask: async (wanted: Wanted) => {
      const path = "/store/order-claims"
      const answer = (await client.request("POST", path, wanted)) as {
        order_claim: OwnClaim
      }
      return answer.order_claim
    },
    listOwn: async () => {
      const answer = (await client.request("GET", "/store/order-claims")) as {
        order_claims: OwnClaim[]
      }
      return answer.order_claims
    },
    cancel: async (id: string) => {
      await client.request("DELETE", `/store/order-claims/${id}`)
    },
  }
}
