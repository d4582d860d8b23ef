import { plural } from "../count"
import type { RetryResult } from "../order-claim"

/** The title and the text of the notice about what is mailed again. */
export function retryWords({
  queued,
  limited,
  left,
}: RetryResult): [title: string, text: string] {
  const title = queued
    ? `${plural(queued, "claim")} on the way`
    : "Nothing to mail"
  const more = left - limited
  const sentences = [
    more > 0 &&
      queued > 0 &&
      `${plural(more, "more claim")} failed in that time: mail them again, too.`,
    limited > 0 &&
      `Not mailed because their address has had enough mails for now: ${plural(limited, "claim")}.`,
  ].filter(Boolean)
  return [title, sentences.join(" ") || "Nothing else failed in that time."]
}
