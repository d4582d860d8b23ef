import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useMedusa } from "medusa-react"
import { flushSync } from "react-dom"
import { useNavigate } from "react-router-dom"

/** Ends the session and clears its data. */
export function LogoutButton() {
  const { client } = useMedusa()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const logout = useMutation(() => client.auth.deleteSession(), {
    onSuccess: () => {
      // At once: the lists of a page that is left must not be loaded again.
      flushSync(() => navigate("/"))
      return queryClient.resetQueries()
    },
  })
  return (
    <button
      type="button"
      className="link"
      disabled={logout.isLoading}
      onClick={() => logout.mutate()}
    >
      Log out
    </button>
  )
}
