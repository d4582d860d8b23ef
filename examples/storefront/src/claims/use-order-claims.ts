import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useMedusa } from "medusa-react"

import { orderClaims, type Wanted } from "./order-claims"

const keys = {
  own: ["order-claims", "own"],
  // Without the token, because devtools show keys; a page has only one link.
  link: ["order-claims", "link"],
}

/**
 * Loads every list again: an action on a claim may change the claims, the customer's
 * orders and the status of a link.
 */
export function useFreshLists() {
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries()
}

/** Loads the claim of a link, without changing it. */
export function useClaimLookup(token: string) {
  const { client } = useMedusa()
  return useQuery(keys.link, () => orderClaims(client).lookUp(token))
}

/**
 * Loads the customer's own claims, again and again: the store opens a new one a moment
 * after the request, and the email may be opened elsewhere.
 */
export function useOwnClaims() {
  const { client } = useMedusa()
  return useQuery(keys.own, () => orderClaims(client).listOwn(), {
    refetchInterval: 5_000,
  })
}

/** Asks for orders without their ids. */
export function useAskForOrders() {
  const { client } = useMedusa()
  const onSettled = useFreshLists()
  return useMutation((wanted: Wanted) => orderClaims(client).ask(wanted), {
    onSettled,
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

export function useRevertClaim() {
  const { client } = useMedusa()
  return useMutation((token: string) => orderClaims(client).revert(token))
}

export function useRenewLink() {
  const { client } = useMedusa()
  return useMutation((token: string) => orderClaims(client).renew(token))
}
