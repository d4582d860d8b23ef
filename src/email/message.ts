import type { ClaimConfirmedView } from "./confirmed-view"
import type { ClaimRequestView } from "./request-view"
import type { ClaimRevertedView } from "./reverted-view"

/** The view that a template gets. */
export type View = ClaimRequestView | ClaimConfirmedView | ClaimRevertedView

/** The name of a message, in options, file names and records. */
export type MessageName = View["message"]
