// RFC 5322, 2.1.1: without the line's end.
const LONGEST = 998

/** Finds a line that is longer than a mail server must take, if it is ASCII. */
export function hasTooLongLine(text: string): boolean {
  // A loop: a pattern with as high a count takes milliseconds.
  let start = 0
  while (text.length - start > LONGEST) {
    const end = text.indexOf("\n", start)
    if (end < 0 || end - start > LONGEST) return true
    start = end + 1
  }
  return false
}
