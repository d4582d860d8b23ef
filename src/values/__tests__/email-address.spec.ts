import fc from "fast-check"
import { campaign } from "../../../integration-tests/campaign"
import {
  isSameAddress,
  maskAddress,
  maskAddresses,
  parseEmailAddress,
} from "../email-address"

describe("one plain address", () => {
  it.each([
    "ann@example.com",
    "Ann.Smith+orders@Example.COM",
    "o'hara@example.com",
    "a@b.c",
    "ann@sub.domain-with-dash.example",
    "jörg@example.com",
    "ann@münchen.example",
    "用户@例え.テスト",
    "иван@пример.рф",
    "user%host@example.com",
  ])("is taken as given: %s", (address) => {
    expect(parseEmailAddress(address)).toBe(address)
  })

  it.each([
    ["nothing", ""],
    ["no at sign", "ann"],
    ["no local part", "@example.com"],
    ["no domain", "ann@"],
    ["two at signs", "ann@bob@example.com"],
    ["a list", "ann@example.com,bob@example.com"],
    ["a list with spaces", "ann@example.com, bob@example.com"],
    ["a list with semicolons", "ann@example.com;bob@example.com"],
    ["a display name", "Ann <ann@example.com>"],
    ["angle brackets", "<ann@example.com>"],
    ["a quoted local part", '"ann"@example.com'],
    ["a quoted list", '"ann, bob"@example.com'],
    ["a comment", "ann(comment)@example.com"],
    ["a comment in the domain", "ann@example.com(comment)"],
    ["a backslash", "ann\\@example.com"],
    ["a group", "friends:ann@example.com"],
    ["a second header", "ann@example.com\r\nBcc: bob@example.com"],
    ["a line feed in the local part", "ann\n@example.com"],
    ["a carriage return at the end", "ann@example.com\r"],
    ["a NUL", "ann\0@example.com"],
    ["a space before", " ann@example.com"],
    ["a space after", "ann@example.com "],
    ["a tab", "ann\t@example.com"],
    ["a no-break space", "ann\u00a0@example.com"],
    ["a line separator", "ann\u2028@example.com"],
    ["a bidirectional override", "ann\u202e@example.com"],
    ["a bidirectional isolate in the domain", "ann@ex\u2066ample.com"],
    ["a zero-width space", "ann\u200b@example.com"],
    ["a lone surrogate", "ann\ud800@example.com"],
    ["an IP literal", "ann@[127.0.0.1]"],
    ["a port", "ann@example.com:25"],
    ["a dot at the end", "ann@example.com."],
    ["a dot at the start", "ann@.example.com"],
    ["two dots in the domain", "ann@example..com"],
    ["a label that starts with a dash", "ann@-example.com"],
    ["a label that ends with a dash", "ann@example-.com"],
    ["an underscore in the domain", "ann@exa_mple.com"],
    ["punycode that means nothing", "ann@xn--a"],
  ])("is not %s", (_, address) => {
    expect(parseEmailAddress(address)).toBeUndefined()
  })

  it.each([undefined, null, 1, true, {}, ["ann@example.com"], new Date(0)])(
    "is a string, not %p",
    (value) => {
      expect(parseEmailAddress(value)).toBeUndefined()
    }
  )

  it("has up to 64 characters before the at sign", () => {
    const local = "x".repeat(64)
    expect(parseEmailAddress(`${local}@example.com`)).toBeDefined()
    expect(parseEmailAddress(`x${local}@example.com`)).toBeUndefined()
  })

  it("has labels of up to 63 characters", () => {
    const label = "x".repeat(63)
    expect(parseEmailAddress(`ann@${label}.com`)).toBeDefined()
    expect(parseEmailAddress(`ann@x${label}.com`)).toBeUndefined()
  })

  it("has up to 254 characters", () => {
    const domain = (length: number) =>
      "abcdefghi.".repeat(30).slice(-length).replace(/^\./, "x") + "com"
    const address = (length: number) => `ann@${domain(length - 7)}`
    expect(address(254)).toHaveLength(254)
    expect(parseEmailAddress(address(254))).toBeDefined()
    expect(parseEmailAddress(address(255))).toBeUndefined()
  })

  // Based on a valid address: nearly all other values are refused at once.
  const damaged = fc
    .tuple(
      fc.constantFrom("ann@example.com", "用户@例え.テスト", "a@b.c"),
      fc.nat(20),
      fc.oneof(
        fc.string({ unit: "binary", maxLength: 3 }),
        fc.constantFrom(...'\r\n\0\t ,;:<>()[]\\"@\u202e\u2028\u0085\ufeff')
      )
    )
    .map(
      ([address, at, dirt]) => address.slice(0, at) + dirt + address.slice(at)
    )

  it("never contains characters that could start a header or a list", () => {
    fc.assert(
      fc.property(damaged, (text) => {
        const address = parseEmailAddress(text)
        fc.pre(address !== undefined)
        expect(address).not.toMatch(/[\s\p{C}"(),:;<>[\]\\]/u)
        expect(address?.split("@")).toHaveLength(2)
      }),
      { numRuns: campaign(400, 2000) }
    )
  })

  it("is returned as given, or not at all", () => {
    fc.assert(
      fc.property(fc.oneof(damaged, fc.anything()), (value) => {
        expect([value, undefined]).toContain(parseEmailAddress(value))
      })
    )
  })

  it("may be any common address", () => {
    fc.assert(
      fc.property(
        fc.emailAddress({ size: "small" }).filter((a) => a.length < 60),
        (address) => {
          expect(parseEmailAddress(address)).toBe(address)
        }
      )
    )
  })
})

describe("the same address", () => {
  it.each([
    ["ann@example.com", "ANN@Example.com", true],
    ["jörg@example.com", "JÖRG@example.com", true],
    ["ann@example.com", "ann@example.org", false],
    ["ann@example.com", "ann+1@example.com", false],
    ["ann@example.com", "ann@example.com ", false],
  ])("%s and %s: %s", (one, other, same) => {
    expect(isSameAddress(one, other)).toBe(same)
    expect(isSameAddress(other, one)).toBe(same)
  })
})

describe("a masked address", () => {
  it("shows the first character and the domain", () => {
    expect(maskAddress("ann@example.com")).toBe("a***@example.com")
  })

  it("keeps the first character whole", () => {
    expect(maskAddress("😀x@example.com")).toBe("😀***@example.com")
  })

  it.each(["", "ann", "@example.com"])(
    "shows nothing of what is no address: %p",
    (text) => {
      expect(maskAddress(text)).toBe("***")
    }
  )

  it("never shows more than the first character of the local part", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: "grapheme" }),
        fc.constantFrom("example.com", "例え.テスト"),
        (local, domain) => {
          fc.pre(!/[\p{C}\p{Z}]/u.test(local))
          const [first] = local
          expect(maskAddress(`${local}@${domain}`)).toBe(
            `${first}***@${domain}`
          )
        }
      )
    )
  })
})

describe("a domain that a URL parser would repair", () => {
  it.each(["/foo", "?x", "#x", "/", "%6d", ":25", "\\x"])(
    "is refused: %s",
    (tail) => {
      expect(parseEmailAddress(`ann@example.com${tail}`)).toBeUndefined()
      expect(parseEmailAddress(`ann@exa${tail}mple.com`)).toBeUndefined()
    }
  )
})

describe("a masked address", () => {
  it("stays on one line, whatever it was", () => {
    expect(maskAddress("a@b.c\nerror: forged line")).toBe(
      "a***@b.cerror:forgedline"
    )
  })
})

describe("a text whose addresses are masked", () => {
  it.each([
    [
      "550 5.1.1 <greta@example.com>: Recipient address rejected",
      "550 5.1.1 <g***@example.com>: Recipient address rejected",
    ],
    [
      "no: greta@example.com, clara@example.org",
      "no: g***@example.com, c***@example.org",
    ],
    [
      "Key (lower(email))=(greta@example.com) already exists",
      "Key (lower(email))=(g***@example.com) already exists",
    ],
    ['{"email":"greta.m+1@example.com"}', '{"email":"g***@example.com"}'],
    [
      "grüße@例え.テスト und жена@пример.рф",
      "g***@例え.テスト und ж***@пример.рф",
    ],
    ["TO:<😀x@example.com>", "TO:<😀***@example.com>"],
    ["'o'hara/x@example.com'", "'***@example.com'"],
    ["see ?email=greta%40example.com&x", "see ?***%40example.com&x"],
    [
      "greta@[192.0.2.1] and greta@localhost",
      "g***@[192.0.2.1] and g***@localhost",
    ],
    ["cut greta@…", "cut g***@…"],
    ["451 4.7.1 try again @ noon", "451 4.7.1 try again @ noon"],
    ["a", "a"],
    ["", ""],
  ])("%s", (text, masked) => {
    expect(maskAddresses(text)).toBe(masked)
    expect(maskAddresses(masked)).toBe(masked)
  })

  it("has a quoted part before the @ masked as a whole", () => {
    expect(maskAddresses('to "greta meier"@example.com')).toBe(
      'to "***@example.com'
    )
  })

  it("shows of no address more than its first character and its domain", () => {
    const plain = fc
      .string({ minLength: 2, unit: "grapheme", maxLength: 20 })
      .map((local) => `${local}@example.com`)
      .filter((address) => parseEmailAddress(address) !== undefined)
    const around = fc.constantFrom("", " ", "<", ">", "(", '"', ":", "\n")
    fc.assert(
      fc.property(plain, around, around, (address, before, after) => {
        const local = address.slice(0, address.lastIndexOf("@"))
        const text = `550 ${before}${address}${after} unknown`
        const [first = ""] = local
        expect(maskAddresses(text)).toBe(
          `550 ${before}${first}***@example.com${after} unknown`
        )
      })
    )
  })

  it.each(["@", "a", "a@", '"', '"a', "%40", "a%4", "<a", "a.@b."])(
    "is masked in linear time: %s repeated",
    (part) => {
      const text = part.repeat(200_000)
      const begin = process.hrtime.bigint()
      maskAddresses(text)
      const milliseconds = Number(process.hrtime.bigint() - begin) / 1e6
      // In quadratic time, it would be minutes.
      expect(milliseconds).toBeLessThan(2000)
    }
  )
})
