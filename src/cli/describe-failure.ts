import { InvalidOptions } from "../options/problems"
import { counted } from "../values/counted"
import { oneLine } from "./checks/finding"

/** Describes why a command has failed: in one line, or one for each invalid option. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof InvalidOptions))
    return `order-claim: ${oneLine(error)}`

  const { problems } = error
  const head = `order-claim: ${counted(problems.length, "problem")} in the plugin's options:`
  return [head, ...problems.map((problem) => `  ${problem}`)].join("\n")
}
