import type { ClaimConfirmedView } from "./confirmed-view"
import type { ClaimRequestView } from "./request-view"

/** What any template is given. */
export type View = ClaimRequestView | ClaimConfirmedView

/** The messages there are, as options, files and records name them. */
export type MessageName = View["message"]
