import { hasTooLongLine } from "../mail-line"

const line = (length: number) => "x".repeat(length)

it.each([
  ["a line of 998", line(998)],
  ["many lines of 998", `${line(998)}\n`.repeat(5)],
  ["nothing", ""],
])("a mail server takes %s", (_, text) => {
  expect(hasTooLongLine(text)).toBe(false)
})

it.each([
  ["alone", line(999)],
  ["at first", `${line(999)}\nx`],
  ["in the middle", `x\n${line(999)}\nx`],
  ["at last", `x\n${line(999)}`],
])("a mail server may refuse a line of 999, %s", (_, text) => {
  expect(hasTooLongLine(text)).toBe(true)
})
