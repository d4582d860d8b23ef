import { redirect } from "next/navigation"

/** The shop's products would be here. */
export default function FrontPage() {
  redirect("/account")
}
