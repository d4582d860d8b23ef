import type { Metadata } from "next"
import Link from "next/link"
import type { ReactNode } from "react"
import "./style.css"

export const metadata: Metadata = {
  title: "Hill & Valley",
  icons: { icon: "data:," },
}

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <header>
          <Link href="/account">Hill &amp; Valley</Link>
        </header>
        <main>{children}</main>
      </body>
    </html>
  )
}
