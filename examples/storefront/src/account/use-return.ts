import { useLocation, useNavigate } from "react-router-dom"

import { usePageState } from "../parts/use-page-state"

/** Where somebody was before they went to log in. */
export interface CameFrom {
  from?: { pathname: string; state: unknown }
}

/** What a link to /login or /register takes along. */
export function useCameFrom(): CameFrom {
  const { pathname } = useLocation()
  const state = usePageState()
  const isOnTheWay = ["/login", "/register"].includes(pathname)
  return isOnTheWay ? (state ?? {}) : { from: { pathname, state } }
}

/** Goes back there, or to the account. */
export function useReturn() {
  const navigate = useNavigate()
  const { from } = (usePageState() ?? {}) as CameFrom
  return () =>
    navigate(from?.pathname ?? "/account", {
      replace: true,
      state: from?.state,
    })
}
