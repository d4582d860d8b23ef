import { domainToASCII, domainToUnicode } from "url"

// The parts of a longer address: `joann@…` is not `ann@…`, and `….com.au` not `….com`.
const NOT_AFTER = "(?<![\\p{L}\\p{N}._+-])"
const NOT_BEFORE = "(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])"

/** Finds one address in texts: in any case, and with its domain in either alphabet. */
export class AddressSearch {
  private readonly forms: string[]
  private readonly inText: RegExp

  constructor(address: string) {
    const whole = folded(address)
    const at = whole.lastIndexOf("@") + 1
    const local = whole.slice(0, at)
    const domain = whole.slice(at)
    const domains = [domain, domainToASCII(domain), domainToUnicode(domain)]
    this.forms = [
      ...new Set(domains.filter(Boolean).map((each) => local + folded(each))),
    ]
    const any = this.forms.map(escaped).join("|")
    this.inText = new RegExp(`${NOT_AFTER}(?:${any})${NOT_BEFORE}`, "u")
  }

  /** True if a value is the address, and nothing else. */
  isAddress(value: string): boolean {
    return this.forms.includes(folded(value))
  }

  /** True if a text holds the address, and not as a part of a longer one. */
  isIn(text: string): boolean {
    return this.inText.test(folded(text))
  }

  /**
   * Patterns for `LIKE` on text in lower case. They find every text that holds the
   * address, and some more. A database may fold ASCII letters alone, so any other
   * character is a wildcard.
   */
  get patterns(): string[] {
    return this.forms.map((form) => `%${form.replace(/[^a-z0-9@.-]+/g, "%")}%`)
  }
}

const folded = (text: string) => text.normalize("NFC").toLowerCase()

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")
