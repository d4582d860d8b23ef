"use client"

import { useRouter } from "next/navigation"
import { useEffect } from "react"

/** Loads the page's data every five seconds: the email may be opened elsewhere. */
export function Refresh() {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), 5_000)
    return () => clearInterval(timer)
  }, [router])
  return null
}
