import type { ClaimConfirmedView } from "./confirmed-view"
import type { Email } from "./email"
import { render } from "./render"

/** Renders the mail that tells of a confirm. Pure. */
export function renderClaimConfirmed(view: ClaimConfirmedView): Email {
  return render("claimConfirmed", view)
}
