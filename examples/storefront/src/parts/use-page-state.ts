import { useLocation } from "react-router-dom"

/** What a page was opened with besides its address. */
export function usePageState(): unknown {
  const { state } = useLocation() as { state: unknown }
  return state
}
