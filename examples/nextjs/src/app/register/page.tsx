import type { Metadata } from "next"
import Link from "next/link"
import { RegisterForm } from "./register-form"

export const metadata: Metadata = { title: "Register – Hill & Valley" }

export default function RegisterPage() {
  return (
    <>
      <h1>Register</h1>
      <RegisterForm />
      <p>
        Have an account? <Link href="/login">Log in</Link>
      </p>
    </>
  )
}
