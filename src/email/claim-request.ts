import type { Email } from "./email"
import { render } from "./render"
import type { ClaimRequestView } from "./view"

/** Renders the mail that asks the recipient to confirm. Pure. */
export function renderClaimRequest(view: ClaimRequestView): Email {
  return render("claimRequest", view)
}
