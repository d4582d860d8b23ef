import type { Language } from "./locale"

export type Unit = "day" | "hour" | "minute"

/** A duration in each plural form; `#` is the number. `other` stands in for the rest. */
type Forms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>

/**
 * The durations of the languages for which Intl has bare symbols (`24 u` in Irish, `7 d`
 * in Maltese), or the space of other scripts (`24 時間`).
 */
export const UNIT_WORDS: Partial<Record<Language, Record<Unit, Forms>>> = {
  ga: {
    day: { other: "# lá" },
    hour: {
      few: "# huaire an chloig",
      many: "# n-uaire an chloig",
      other: "# uair an chloig",
    },
    minute: { other: "# nóiméad" },
  },
  ja: {
    day: { other: "#日間" },
    hour: { other: "#時間" },
    minute: { other: "#分" },
  },
  mt: {
    day: {
      two: "jumejn",
      few: "# ijiem",
      many: "#-il jum",
      other: "# jum",
    },
    hour: {
      two: "sagħtejn",
      few: "# sigħat",
      many: "#-il siegħa",
      other: "# siegħa",
    },
    minute: {
      one: "minuta",
      two: "żewġ minuti",
      few: "# minuti",
      many: "#-il minuta",
      other: "# minuta",
    },
  },
  "zh-Hant": {
    day: { other: "#天" },
    hour: { other: "#小時" },
    minute: { other: "#分鐘" },
  },
}
