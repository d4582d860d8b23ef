"use client"

import { useRouter } from "next/navigation"
import { useLayoutEffect, useState } from "react"
import { ClaimOrder } from "../../components/claim-order"
import type { Claim } from "../../lib/order-claim"

interface Props {
  token?: string
  found?: Claim
  declines: boolean
  reverts: boolean
}

/** Keeps the link that the page was opened with, after it has left the address. */
export function ClaimLink(props: Props) {
  const [{ token, ...link }] = useState(props)
  const router = useRouter()
  useLayoutEffect(() => {
    // the router remembers the address, too, and would write it back
    if (token) router.replace("/claim")
  }, [token, router])

  if (token) return <ClaimOrder token={token} {...link} />
  return (
    <>
      <h1>Open the link again</h1>
      <p>Please open the link in the email again: it is not kept here.</p>
    </>
  )
}
