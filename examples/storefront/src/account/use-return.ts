import { useLocation, useNavigate } from "react-router-dom"

import { usePageState } from "../parts/use-page-state"

/** The page from which the visitor went to log in. */
export interface CameFrom {
  from?: { pathname: string; state: unknown }
}

/** Makes the state of a link to /login or /register. */
export function useCameFrom(): CameFrom {
  const { pathname } = useLocation()
  const state = usePageState()
  const isOnTheWay = ["/login", "/register"].includes(pathname)
  return isOnTheWay ? (state ?? {}) : { from: { pathname, state } }
}

/** Goes back to that page, or to the account. */
export function useReturn() {
  const navigate = useNavigate()
  const { from } = (usePageState() ?? {}) as CameFrom
  return () =>
    navigate(from?.pathname ?? "/account", {
      replace: true,
      state: from?.state,
    })
}
