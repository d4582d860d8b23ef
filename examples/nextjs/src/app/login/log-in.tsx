"use client"

import { useRouter } from "next/navigation"
import { LogInForm } from "../../components/log-in-form"

export function LogIn() {
  const router = useRouter()
  return (
    <LogInForm title="Your account" onLogIn={() => router.push("/account")} />
  )
}
