import fc from "fast-check"

/** Pieces of text that attackers put into names to break a mail. */
export const hostileWords = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "' onmouseover='alert(1)",
        "-->",
        "</style></title>",
        "{{link}}",
        "{{{link}}}",
        "{{#each orders}}",
        "&lt;b&gt;",
        "\r\nBcc: eve@evil.example",
        "\n\n.\r\n",
        "\0",
        "\u202e",
        "\u2066",
        "\u2028",
        "\u200d",
        "\u0085",
        "\ud83d",
        "\udc4b",
        "👩‍👩‍👧‍👦",
        "格蕾塔",
        "גרטה",
        "غريتا",
        "https://evil.example/login",
        "//evil.example",
        "http:\\\\evil.example",
        "www.evil.example",
        "evil.com/x?y=z",
        "EVIL。COM",
        "evil．com",
        "mailto:eve@evil.com",
        "$&",
        "$1"
      ),
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.string({ unit: "grapheme", maxLength: 12 })
    ),
    { maxLength: 6 }
  )
  .map((parts) => parts.join(""))

/** Hostile names and titles, or a very long repetition. */
export const hostile = fc.oneof(
  hostileWords,
  fc
    .constantFrom("<", '"', "👋🏽", "\u202e", "=", "\ud83d", "a.b", "x ")
    .map((part) => part.repeat(20_000))
)

/** A customer's address: anything that a database may hold. */
export const hostileAddress = fc.oneof(
  hostile,
  fc.tuple(hostile, hostile).map(([local, domain]) => `${local}@${domain}`)
)

/** Keeps only the characters that tags and attributes are made of. */
export const markupOf = (html: string): string => html.replace(/[^<>"'`]/g, "")
