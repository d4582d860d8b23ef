import type { ZodError, ZodInvalidUnionIssue } from "zod"
import { entries, Entry, entryAt } from "./entries"
import { show, typeName } from "./show"
import { suggestion } from "./suggestion"

/** One thing that is wrong with the options of a shop. */
export type Problem =
  | {
      type: "unexpected"
      /** Leads to the value. */
      path: (string | number)[]
      /** The expectation, if not the schema's own. */
      expected?: string | undefined
    }
  | { type: "unknown"; path: string[] }

/** Invalid options. The server does not start, so that a shop never runs on a guess. */
export class InvalidOptions extends Error {
  override name = "InvalidOptions"
  /** Each problem in one line. */
  readonly problems: string[]

  /** @param given - the options that the problems are about */
  constructor(given: unknown, problems: Problem[]) {
    const lines = describeProblems(given, problems)
    super(
      [
        "medusa-plugin-order-claim: invalid options in medusa-config.js:",
        ...lines.map((line) => `  ${line}`),
      ].join("\n")
    )
    this.problems = lines
  }
}

/**
 * Describes problems, one per line.
 *
 * @param known - the entries of what was given
 * @param whole - what was given, in a word
 */
export function describeProblems(
  given: unknown,
  problems: Problem[],
  known: Entry[] = entries,
  whole = "options"
): string[] {
  const lines = problems.map((problem) =>
    problem.type === "unknown"
      ? describeUnknown(problem.path, known)
      : describeUnexpected(
          { given, whole },
          entryAt(problem.path, known),
          problem
        )
  )
  return [...new Set(lines)]
}

/** The problems that zod found. */
export function problemsOf({ issues }: ZodError): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        type: "unknown",
        path: [...issue.path.map(String), key],
      }))
    }
    const meant = issue.code === "invalid_union" && meantBranch(issue)
    return meant
      ? problemsOf(meant)
      : [{ type: "unexpected", path: issue.path }]
  })
}

/** Of several types that a value may have, the one that it has. */
function meantBranch({ path, unionErrors }: ZodInvalidUnionIssue) {
  return unionErrors.find(({ issues }) =>
    issues.every(
      ({ code, path: own }) =>
        own.length > path.length ||
        (code !== "invalid_type" && code !== "invalid_literal")
    )
  )
}

function describeUnknown(path: string[], known: Entry[]): string {
  const meant = suggestion(
    path,
    known.map((entry) => entry.path)
  )
  const question = meant ? `; did you mean ${inWords(meant)}?` : ""
  return `${inWords(path)}: there is no such option${question}`
}

function describeUnexpected(
  { given, whole }: { given: unknown; whole: string },
  entry: Entry | undefined,
  { path, expected }: Extract<Problem, { type: "unexpected" }>
): string {
  if (!entry) return `${whole}: expected an object; got ${typeName(given)}`

  const value = entry.path.reduce(lookUp, given)
  const name = inWords(entry.path)
  const at = path[entry.path.length]
  if (entry.expectedOfEach !== undefined && at !== undefined) {
    const item = lookUp(value, String(at))
    return `${name}[${at}]: expected ${entry.expectedOfEach}; got ${show(item)}`
  }
  const shown = isSecret(entry.path, value)
    ? `${typeName(value)} (not shown)`
    : show(value)
  return `${name}: expected ${expected ?? entry.expected}; got ${shown}`
}

/** `brand.color`; a name that holds a dot itself is quoted. */
function inWords(path: string[]): string {
  return path
    .map((name) => (/^[\w-]+$/.test(name) ? name : JSON.stringify(name)))
    .join(".")
}

/** An SMTP URL and options of nodemailer may hold a password. */
function isSecret([option]: string[], value: unknown): boolean {
  return option === "transport" && value !== undefined
}

function lookUp(value: unknown, key: string): unknown {
  return (value as Record<string, unknown> | undefined)?.[key]
}
