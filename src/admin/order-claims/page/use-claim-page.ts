import { useQuery } from "@tanstack/react-query"
import { useMedusa } from "medusa-react"
import type { OrderClaimList } from "../order-claim"
import { ORDER_CLAIMS } from "../paths"
import { pollWhileMailing } from "../polling"
import { type Filters, toQuery } from "./filters"

/** The claims on a page. */
export const PAGE_SIZE = 20

/** Loads one page of claims and the counts; while that takes, the former page stays. */
export function useClaimPage(filters: Filters, before: string | undefined) {
  const { client } = useMedusa()
  const query = {
    ...toQuery(filters),
    ...(before && { before }),
    limit: PAGE_SIZE,
    counts: true,
  }
  return useQuery<OrderClaimList, Error>(
    [ORDER_CLAIMS, "page", query],
    () => client.admin.custom.get(ORDER_CLAIMS, query),
    {
      staleTime: 0,
      keepPreviousData: true,
      refetchInterval: (list) => pollWhileMailing(list?.order_claims),
    }
  )
}
