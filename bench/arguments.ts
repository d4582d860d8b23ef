import { parseArgs } from "node:util"

/** The topics to measure, in this order. */
export const topics = [
  "burst",
  "latency",
  "shop",
  "asking",
  "memory",
  "load",
  "statements",
  "million",
  "rendering",
] as const

export type Topic = (typeof topics)[number]

/** The sizes of the measurements. */
export interface Sizes {
  /** Claims per burst. */
  bursts: number[]
  /** Claims of the burst that meets a server that has just started; one of `bursts`. */
  firstBurst: number
  /** Claims that come one at a time. */
  singles: number
  /** The time for which the idle shop is measured, in ms. */
  idle: number
  /** The time that the slow mail server takes per mail, in ms. */
  slowMail: number
  /** The claims of the bursts for comparing memory. */
  memory: [small: number, large: number]
  /** The number of times that a run loads the plugin. */
  loads: number
  /** The number of times that a run boots the store, with and without the plugin each. */
  boots: number
  /** Claims whose SQL statements are counted. */
  statements: number
  /** Claims in the table whose lists and checks are measured. */
  claims: number
  /** The number of times that each list is read, and each check made. */
  reads: number
  /** The number of times that an email is rendered. */
  renderings: number
}

const full: Sizes = {
  bursts: [100, 1_000, 10_000],
  firstBurst: 1_000,
  singles: 200,
  idle: 10_000,
  slowMail: 2_000,
  memory: [1_000, 10_000],
  loads: 5,
  boots: 6,
  statements: 1_000,
  claims: 1_000_000,
  reads: 30,
  renderings: 5_000,
}

const small: Sizes = {
  bursts: [100],
  firstBurst: 100,
  singles: 20,
  idle: 2_000,
  slowMail: 200,
  memory: [100, 300],
  loads: 2,
  boots: 2,
  statements: 100,
  claims: 20_000,
  reads: 10,
  renderings: 100,
}

/** The options of the command line. */
export interface Wishes {
  only: Topic[]
  runs: number
  quick: boolean
  sizes: Sizes
  /** True if the results go into docs/benchmarks.md. */
  write: boolean
}

const isTopic = (name: string): name is Topic =>
  (topics as readonly string[]).includes(name)

/** @throws an Error that says what is expected */
export function parseWishes(args: string[]): Wishes {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: "string" },
      only: { type: "string", default: topics.join(",") },
      quick: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
    },
  })
  const quick = values.quick ?? false
  const runs = Number(values.runs ?? (quick ? 1 : 3))
  if (!Number.isInteger(runs) || runs < 1) {
    throw new Error(`--runs expects a whole number, not "${values.runs}"`)
  }
  const only = (values.only ?? "").split(",")
  const unknown = only.filter((name) => !isTopic(name))
  if (unknown.length > 0) {
    throw new Error(
      `--only knows ${topics.join(", ")}, not "${unknown.join(", ")}"`
    )
  }
  return {
    only: only.filter(isTopic),
    runs,
    quick,
    sizes: quick ? small : full,
    write: values.write ?? false,
  }
}
