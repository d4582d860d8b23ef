import { Heading } from "../parts/heading"
import { Problem } from "../parts/problem"
import type { Answered } from "./claim-question"
import {
  useDeclineClaim,
  useFreshLists,
  useRenewLink,
} from "./use-order-claims"

interface Props {
  token: string
  onAnswered: (answer: Answered) => void
}

/** A link that was opened too late: a new one goes to the same address. */
export function ExpiredClaim({ token, onAnswered }: Props) {
  const refresh = useFreshLists()
  const answered = (answer: Answered) => ({
    onSuccess: () => onAnswered(answer),
    onSettled: refresh,
  })
  const renew = useRenewLink()
  const decline = useDeclineClaim()
  const isBusy = renew.isLoading || decline.isLoading

  return (
    <>
      <Heading>This link has expired</Heading>
      <p>
        Links work for a short time only. We can send a new one to the address
        that this one went to.
      </p>
      <div className="buttons">
        <button
          type="button"
          disabled={isBusy}
          onClick={() => renew.mutate(token, answered("renewed"))}
        >
          Send me a new link
        </button>
        <button
          type="button"
          className="second"
          disabled={isBusy}
          onClick={() => decline.mutate(token, answered("declined"))}
        >
          It wasn't me
        </button>
      </div>
      <Problem error={renew.error ?? decline.error} />
    </>
  )
}
