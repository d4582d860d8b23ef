import type { Metadata } from "next"
import { lookUp } from "../../lib/order-claim"
import { ClaimLink } from "./claim-link"

export const metadata: Metadata = {
  title: "Your orders",
  referrer: "no-referrer",
  robots: { index: false, follow: false },
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ClaimPage({ searchParams }: Props) {
  const { token, action } = await searchParams
  const known = typeof token === "string" ? token : undefined
  return (
    <ClaimLink
      token={known}
      // looks only: this runs for every scanner that opens the link
      found={known ? await lookUp(known) : undefined}
      declines={action === "decline"}
      reverts={action === "revert"}
    />
  )
}
