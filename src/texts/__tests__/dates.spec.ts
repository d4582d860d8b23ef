import { formatDay, formatDuration, formatTime } from "../dates"

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

describe("in other languages", () => {
  const moment = new Date("2026-11-21T14:32:00Z")

  it.each([
    ["de-AT", "21. November 2026", "14:32", "15 Minuten"],
    ["ja", "2026年11月21日", "14:32", "15 分"],
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
    ["ja", "24 時間"],
    ["pl", "24 godziny"],
    ["ro", "24 de ore"],
    ["sl", "24 ur"],
  ])("%s calls a day 24 hours, in their form of the plural", (locale, day) => {
    expect(formatDuration(DAY, locale)).toBe(day)
  })

  it.each(["ar-SA", "th-TH-u-ca-buddhist", "ar-EG", "ja-JP-u-ca-japanese"])(
    "%s has the digits and the year of the order's page in the shop",
    (locale) => {
      expect(formatDay(moment, locale)).toContain("2026")
    }
  )
})
