import { formatDay, formatDuration, formatTime } from "../dates"
import { LANGUAGES } from "../locale"

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe("a day", () => {
  it.each([
    ["2026-11-21T00:00:00.000Z", "November 21, 2026"],
    ["2026-11-21T23:59:59.999Z", "November 21, 2026"],
    ["2024-02-29T12:00:00.000Z", "February 29, 2024"],
  ])("is written out, in UTC: %s", (iso, day) => {
    expect(formatDay(new Date(iso), "en")).toBe(day)
  })
})

describe("a time of the day", () => {
  it.each([
    ["2026-11-21T14:32:59Z", "14:32"],
    ["2026-11-21T00:05:00Z", "00:05"],
    ["2026-12-31T23:59:59Z", "23:59"],
  ])("is in UTC, from 00:00 to 23:59: %s", (iso, time) => {
    expect(formatTime(new Date(iso), "en")).toBe(time)
  })
})

describe("a duration", () => {
  it.each([
    [MINUTE, "1 minute"],
    [15 * MINUTE, "15 minutes"],
    [15 * MINUTE + 59 * SECOND, "15 minutes"],
    [90 * MINUTE, "90 minutes"],
    [2 * HOUR - 1, "119 minutes"],
    [2 * HOUR, "2 hours"],
    [24 * HOUR, "24 hours"],
    [2 * DAY - 1, "47 hours"],
    [2 * DAY, "2 days"],
    [7 * DAY, "7 days"],
  ])("of %d ms is %s", (ms, text) => {
    expect(formatDuration(ms, "en")).toBe(text)
  })

  it.each([0, SECOND, 59 * SECOND])(
    "is never shorter than a minute: %d ms",
    (ms) => {
      expect(formatDuration(ms, "en")).toBe("1 minute")
    }
  )
})

/** `24 u`, `45 min`, `7 d.` */
const BARE_SYMBOL =
  /[\d\s](?:[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]|min|nóim|хв)\.?$/u
const SPACE_BEFORE_CJK = /\d\s\p{Script=Han}/u

describe("in other languages", () => {
  const moment = new Date("2026-11-21T14:32:00Z")

  it.each([
    ["de-AT", "21. November 2026", "14:32", "15 Minuten"],
    ["ja", "2026年11月21日", "14:32", "15分"],
    ["pl", "21 listopada 2026", "14:32", "15 minut"],
  ])("%s writes them its own way", (locale, day, time, duration) => {
    expect(formatDay(moment, locale)).toBe(day)
    expect(formatTime(moment, locale)).toBe(time)
    expect(formatDuration(15 * MINUTE, locale)).toBe(duration)
  })

  it.each([
    ["ar", "24 ساعة"],
    ["cs", "24 hodin"],
    ["de-AT", "24 Stunden"],
    ["pl", "24 godziny"],
    ["ro", "24 de ore"],
    ["sl", "24 ur"],
  ])("%s calls a day 24 hours, in their form of the plural", (locale, day) => {
    expect(formatDuration(DAY, locale)).toBe(day)
  })

  it.each([
    ["ga-IE", 45 * MINUTE, "45 nóiméad"],
    ["ga-IE", 3 * HOUR, "3 huaire an chloig"],
    ["ga-IE", 7 * HOUR, "7 n-uaire an chloig"],
    ["ga-IE", DAY, "24 uair an chloig"],
    ["ga-IE", 7 * DAY, "7 lá"],
    ["ja-JP", 45 * MINUTE, "45分"],
    ["ja-JP", DAY, "24時間"],
    ["ja-JP", 7 * DAY, "7日間"],
    ["mt-MT", 2 * MINUTE, "żewġ minuti"],
    ["mt-MT", 45 * MINUTE, "45 minuta"],
    ["mt-MT", 3 * HOUR, "3 sigħat"],
    ["mt-MT", 11 * HOUR, "11-il siegħa"],
    ["mt-MT", DAY, "24 siegħa"],
    ["mt-MT", 7 * DAY, "7 ijiem"],
    ["zh-TW", DAY, "24小時"],
    ["zh-HK", 45 * MINUTE, "45分鐘"],
    ["zh-CN", DAY, "24小时"],
  ])("%s has words for %d ms: %s", (locale, ms, words) => {
    expect(formatDuration(ms, locale)).toBe(words)
  })

  it.each(LANGUAGES)("%s has a word for each unit, not a symbol", (locale) => {
    const counts = [1, 2, 3, 5, 7, 11, 24, 45]
    const durations = [MINUTE, HOUR, DAY].flatMap((unit) =>
      counts.map((count) => formatDuration(count * unit, locale))
    )
    for (const duration of durations) {
      expect(duration).not.toMatch(BARE_SYMBOL)
      expect(duration).not.toMatch(SPACE_BEFORE_CJK)
    }
  })

  it.each(["ar-SA", "th-TH-u-ca-buddhist", "ar-EG", "ja-JP-u-ca-japanese"])(
    "%s has the digits and the year of the order's page in the shop",
    (locale) => {
      expect(formatDay(moment, locale)).toContain("2026")
    }
  )
})
