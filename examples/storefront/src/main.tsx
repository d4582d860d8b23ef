import { QueryClient } from "@tanstack/react-query"
import { MedusaProvider } from "medusa-react"
import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { BrowserRouter } from "react-router-dom"

import { App } from "./app"
import { takeClaimLink } from "./claims/claim-link"
import "./style.css"

// Before anything else runs: the address bar must not keep the token.
const claimLink = takeClaimLink()

const queryClient = new QueryClient({
  defaultOptions: {
    // The Medusa client itself repeats lost requests; a refusal stays a refusal.
    queries: { retry: false },
  },
})

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <MedusaProvider
      baseUrl={import.meta.env.VITE_MEDUSA_URL ?? "http://localhost:9000"}
      queryClientProviderProps={{ client: queryClient }}
    >
      <BrowserRouter>
        <App claimLink={claimLink} />
      </BrowserRouter>
    </MedusaProvider>
  </StrictMode>
)
