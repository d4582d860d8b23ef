import { lastDelivery, moment, reason } from "../facts"
import type { OrderClaim } from "../order-claim"

interface LastAttemptProps {
  claim: Pick<OrderClaim, "deliveries" | "last_error">
}

/** The time of the last mail and what the mail server said, or why there was none. */
export const LastAttempt = ({ claim }: LastAttemptProps) => {
  const last = lastDelivery(claim)
  const words = reason(claim) ?? last?.response

  return (
    <>
      {last && <div className="whitespace-nowrap">{moment(last.at)}</div>}
      {words && (
        <div className="text-ui-fg-subtle txt-compact-xsmall min-w-[160px] [overflow-wrap:anywhere]">
          {words}
        </div>
      )}
      {!last && !words && "–"}
    </>
  )
}
