import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useMedusa } from "medusa-react"

import { statusOf } from "../parts/sentence-of"

interface Credentials {
  email: string
  password: string
}

/** Opens a session: the store sets its cookie, and the lists are loaded again. */
export function useLogin() {
  const { client } = useMedusa()
  const queryClient = useQueryClient()
  return useMutation(
    async (credentials: Credentials) => {
      try {
        await client.auth.authenticate(credentials)
      } catch (error) {
        if (statusOf(error) !== 401) throw error
        throw new WrongCredentials()
      }
    },
    { onSuccess: () => queryClient.invalidateQueries() }
  )
}

/** Core's own message is only "Unauthorized". */
class WrongCredentials extends Error {
  readonly response = {
    status: 401,
    data: { message: "No account has this email address and password." },
  }
}
