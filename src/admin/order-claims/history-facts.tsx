import { Fact } from "./fact"
import { moment, partGivenBack } from "./facts"
import { eventWords } from "./history"
import type { OrderClaim } from "./order-claim"
import { StaffMember } from "./staff-member"

interface HistoryFactsProps {
  claim: Pick<OrderClaim, "history" | "reverted_order_ids" | "moved_orders">
}

/** Shows each decision on a claim, when and by whom; none is ever removed. */
export const HistoryFacts = ({ claim }: HistoryFactsProps) => (
  <>
    {claim.history.map((event) => {
      const { name, side } = eventWords(event)
      const part = event.action === "revert" && partGivenBack(claim)
      return (
        <Fact key={`${event.action} ${event.at}`} name={name}>
          {`${moment(event.at)}, ${side}`}
          {event.user_id && (
            <>
              {" ("}
              <StaffMember userId={event.user_id} />)
            </>
          )}
          {part && `, ${part}`}
        </Fact>
      )
    })}
  </>
)
