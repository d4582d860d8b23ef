import { dateTime, timeLeft } from "../parts/dates"
import { Heading } from "../parts/heading"
import { Problem } from "../parts/problem"
import type { Answered } from "./claim-question"
import { ClaimedOrders } from "./claimed-orders"
import type { RevertableClaim } from "./order-claims"
import { useFreshLists, useRevertClaim } from "./use-order-claims"

interface Props {
  claim: RevertableClaim
  token: string
  onAnswered: (answer: Answered) => void
}

/** Asks whose orders were added to an account if they want them back. */
export function RevertClaim({ claim, token, onAnswered }: Props) {
  const refresh = useFreshLists()
  const revert = useRevertClaim()
  const { name, email } = claim.claimant
  const many = claim.order_count > 1

  return (
    <>
      <Heading>
        {many ? "Take these orders back?" : "Take this order back?"}
      </Heading>
      <p>
        {many ? `These ${claim.order_count} orders are` : "This order is"} in
        the account of <strong>{name ? `${name} (${email})` : email}</strong>{" "}
        now. Taken back, {many ? "they belong" : "it belongs"} to your email
        address again, and nobody can ask for {many ? "them" : "it"} from that
        account again.
      </p>
      <ClaimedOrders claim={claim} />
      <p className="quiet">
        You can do this for {timeLeft(claim.expires_at)}, until{" "}
        {dateTime(claim.expires_at)}. If you do nothing, nothing changes.
      </p>
      <div className="buttons">
        <button
          type="button"
          disabled={revert.isLoading}
          onClick={() =>
            revert.mutate(token, {
              // Nothing went back: the claim's new status says so.
              onSuccess: (status) => {
                if (status === "reverted") onAnswered(status)
              },
              // Not in the hook: the claim's new status would replace this page first.
              onSettled: () => void refresh(),
            })
          }
        >
          {many ? "Take them back" : "Take it back"}
        </button>
      </div>
      <Problem error={revert.error} />
    </>
  )
}
