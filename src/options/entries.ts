import { z } from "zod"
import { substituteOf } from "./kinds"
import { optionsSchema } from "./schema"

/** One option, as the schema declares it. */
export interface Entry {
  /** `["brand", "color"]` */
  path: string[]
  /** Its values, in words that follow "expected". */
  expected: string
  /** Each value of a list, in such words; `undefined` if it cannot be a list. */
  expectedOfEach: string | undefined
  /** The default; `undefined` if there is none, or if it is not a value. */
  defaultValue: unknown
  /** The effect of leaving the option out, in words, if that is not a value. */
  substitute: string | undefined
  /** True if there are options under it. */
  isSection: boolean
}

/** Every option, in the order of the schema, each before those under it. */
export const entries: Entry[] = entriesOf(optionsSchema)

/** The entries of a schema, in its order. */
export function entriesOf(schema: Section): Entry[] {
  return entriesUnder(schema, [])
}

/**
 * The option that a path into the options leads to. What is inside a value, such
 * as a text of `templates.texts`, belongs to the option with that value.
 */
export function entryAt(
  path: (string | number)[],
  among: Entry[] = entries
): Entry | undefined {
  const known = among.filter((entry) =>
    isSame(entry.path, path.slice(0, entry.path.length))
  )
  return known[known.length - 1]
}

function isSame(path: string[], other: (string | number)[]): boolean {
  return (
    path.length === other.length && path.every((key, at) => key === other[at])
  )
}

function entriesUnder(section: Section, parent: string[]): Entry[] {
  return Object.entries(section.shape).flatMap(([name, type]) => {
    const path = [...parent, name]
    const inner = sectionIn(type)
    const entry = {
      path,
      expected: type.description ?? "",
      expectedOfEach: itemIn(type)?.description,
      defaultValue: inner ? undefined : defaultOf(type),
      substitute: substituteOf(type),
      isSection: inner !== undefined,
    }
    return [entry, ...(inner ? entriesUnder(inner, path) : [])]
  })
}

type Section = z.ZodObject<z.ZodRawShape>

/** A section may have a default, or be one of several things: `limits: false`. */
function sectionIn(type: z.ZodTypeAny): Section | undefined {
  return typesIn(type).find((one): one is Section => one instanceof z.ZodObject)
}

/** The values of a list, which may be one of several things, too. */
function itemIn(type: z.ZodTypeAny): z.ZodTypeAny | undefined {
  return typesIn(type).find((one): one is List => one instanceof z.ZodArray)
    ?.element
}

type List = z.ZodArray<z.ZodTypeAny>

/** The types that a value may have. */
function typesIn(type: z.ZodTypeAny): z.ZodTypeAny[] {
  if (type instanceof z.ZodDefault) {
    return typesIn(type.removeDefault() as z.ZodTypeAny)
  }
  if (type instanceof z.ZodOptional) {
    return typesIn((type as z.ZodOptional<z.ZodTypeAny>).unwrap())
  }
  if (!(type instanceof z.ZodUnion)) return [type]
  const { options } = type as z.ZodUnion<[z.ZodTypeAny, z.ZodTypeAny]>
  return options.flatMap(typesIn)
}

function defaultOf(type: z.ZodTypeAny): unknown {
  return type instanceof z.ZodDefault
    ? (type as z.ZodDefault<z.ZodTypeAny>)._def.defaultValue()
    : undefined
}
