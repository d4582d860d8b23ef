import type { Metadata } from "next"
import Link from "next/link"
import { LogIn } from "./log-in"

export const metadata: Metadata = { title: "Log in – Hill & Valley" }

export default function LogInPage() {
  return (
    <>
      <h1>Log in</h1>
      <LogIn />
      <p>
        No account yet? <Link href="/register">Register</Link>
      </p>
    </>
  )
}
