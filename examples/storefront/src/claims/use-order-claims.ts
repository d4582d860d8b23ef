import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useMedusa } from "medusa-react"

import { orderClaims } from "./order-claims"

const keys = {
  own: ["order-claims", "own"],
  // without the token: devtools show keys, and a page has one link
  link: ["order-claims", "link"],
}

/**
 * Reads every list again: whatever is done to a claim may change the claims,
 * the customer's orders and what a link is good for.
 */
export function useFreshLists() {
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries()
}

/** What stands behind the link; looking changes nothing. */
export function useClaimLookup(token: string) {
  const { client } = useMedusa()
  return useQuery(keys.link, () => orderClaims(client).lookUp(token))
}

/**
 * The customer's own claims. A new one is there a moment after it was asked for,
 * when the store has taken it up; and the mail may be opened elsewhere.
 */
export function useOwnClaims() {
  const { client } = useMedusa()
  return useQuery(keys.own, () => orderClaims(client).listOwn(), {
    refetchInterval: 5_000,
  })
}

export function useCancelClaim() {
  const { client } = useMedusa()
  const onSettled = useFreshLists()
  return useMutation((id: string) => orderClaims(client).cancel(id), {
    onSettled,
  })
}

export function useDeclineClaim() {
  const { client } = useMedusa()
  return useMutation((token: string) => orderClaims(client).decline(token))
}

export function useRenewLink() {
  const { client } = useMedusa()
  return useMutation((token: string) => orderClaims(client).renew(token))
}
