import { Route, Routes } from "react-router-dom"

import type { ClaimLink } from "./claims/claim-link"
import { AccountPage } from "./pages/account-page"
import { ClaimPage } from "./pages/claim-page"
import { FrontPage } from "./pages/front-page"
import { LoginPage } from "./pages/login-page"
import { MissingPage } from "./pages/missing-page"
import { RegisterPage } from "./pages/register-page"
import { Header } from "./parts/header"

/** The shop's pages; `claimLink` is read from the link in an email. */
export function App({ claimLink }: { claimLink?: ClaimLink }) {
  return (
    <>
      <Header />
      <main>
        <Routes>
          <Route path="/" element={<FrontPage />} />
          <Route path="/login" element={<LoginPage />} />
          <Route path="/register" element={<RegisterPage />} />
          <Route path="/account" element={<AccountPage />} />
          <Route path="/claim" element={<ClaimPage link={claimLink} />} />
          <Route path="*" element={<MissingPage />} />
        </Routes>
      </main>
    </>
  )
}
