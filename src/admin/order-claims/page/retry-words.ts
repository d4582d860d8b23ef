import { plural } from "../count"
import type { RetryResult } from "../order-claim"

/** The title and the text of the notice about the emails that are sent again. */
export function retryWords({
  queued,
  limited,
  left,
}: RetryResult): [title: string, text: string] {
  if (!queued && !left) {
    return ["Nothing to retry", "Nothing failed in that time."]
  }
  const title = queued
    ? `${plural(queued, "claim")} on the way`
    : "Nothing queued"
  const more = left - limited
  const sentences = [
    more > 0 && moreWords(more, queued > 0),
    limited > 0 &&
      `Skipped because their address has reached its limit: ${plural(limited, "claim")}.`,
  ].filter(Boolean)
  return [title, sentences.join(" ") || "Nothing else failed in that time."]
}

/** Without a queued one, it was not their number: another request holds them. */
const moreWords = (more: number, isQueueing: boolean): string =>
  isQueueing
    ? `${plural(more, "more claim")} failed in that time: retry again.`
    : `${plural(more, "claim")} could not be queued just now. Try again in a moment.`
