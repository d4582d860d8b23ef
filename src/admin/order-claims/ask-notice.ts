import { moment } from "./facts"
import type { OrderClaim } from "./order-claim"

/** A notice of the dashboard, and its looks. */
interface Notice {
  kind: "success" | "info"
  title: string
  text: string
}

/**
 * The notice after staff asked the owner. The same request may have been waiting already:
 * then the server returns that claim, and emails nothing.
 */
export function askNotice({
  email,
  status,
  attempts,
  created_at,
}: Pick<OrderClaim, "email" | "status" | "attempts" | "created_at">): Notice {
  if (status === "pending" && attempts === 0) {
    return {
      kind: "success",
      title: "Request sent",
      text: `${email} will get an email with a link.`,
    }
  }
  const next =
    status === "pending"
      ? "The email is still waiting to be sent."
      : 'If the email did not arrive, choose "Resend".'
  return {
    kind: "info",
    title: "Already asked",
    text: `${email} was asked on ${moment(created_at)}. ${next}`,
  }
}
