import { useMutation, useQueryClient } from "@tanstack/react-query"
import { adminNotificationKeys, adminOrderKeys, useMedusa } from "medusa-react"
import { ORDER_CLAIMS } from "./paths"

/** The keys of the queries that a changed claim makes old: the order's page shows two. */
const CHANGED = [[ORDER_CLAIMS], adminNotificationKeys.all, adminOrderKeys.all]

interface ClaimPostOptions<Response> {
  path?: string
  onSuccess: (response: Response) => void
  onError?: (error: Error) => void
}

/**
 * Posts to a route of the plugin, and loads again what it may have changed. The callbacks
 * run even if the component is gone when the response comes, as the ones of `mutate` do not.
 */
export function useClaimPost<Body extends object, Response>({
  path = ORDER_CLAIMS,
  ...callbacks
}: ClaimPostOptions<Response>) {
  const { client } = useMedusa()
  const queries = useQueryClient()
  return useMutation<Response, Error, Body>(
    (body) => client.admin.custom.post(path, body),
    {
      ...callbacks,
      // A mail that failed is on record, too.
      onSettled: () =>
        void Promise.all(CHANGED.map((key) => queries.invalidateQueries(key))),
    }
  )
}
