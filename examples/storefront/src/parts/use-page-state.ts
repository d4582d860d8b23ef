import { useLocation } from "react-router-dom"

/** Returns the history state with which a page was opened. */
export function usePageState(): unknown {
  const { state } = useLocation() as { state: unknown }
  return state
}
