import fc from "fast-check"
import { parse, serialize } from "parse5"
import { asciiHtml } from "../ascii"

const ASCII = /^[\0-\x7f]*$/

it("writes references, and leaves ASCII alone", () => {
  expect(asciiHtml('<p title="ü">Ich war’s &amp; 👍</p>')).toBe(
    '<p title="&#252;">Ich war&#8217;s &amp; &#128077;</p>'
  )
})

it("leaves HTML alone that references make longer than base64", () => {
  const html = `<p>${"山".repeat(100)}</p>`
  expect(asciiHtml(html)).toBe(html)
})

it("leaves HTML alone that references give too long a line", () => {
  const html = `<p>${"x".repeat(990)}ü</p>`
  expect(asciiHtml(html)).toBe(html)
})

it("means the same as before", () => {
  const text = fc
    .string({ unit: "binary" })
    .map((written) => written.replace(/[<>&"\r\0]/g, ""))
  fc.assert(
    fc.property(text, text, (title, content) => {
      const html = `<p title="${title}" class="${"x".repeat(600)}">${content}</p>`
      const ascii = asciiHtml(html)
      expect(serialize(parse(ascii))).toBe(serialize(parse(html)))
      if (ascii !== html)
        expect(ascii.replace(/[\x80-\x9f]/g, "")).toMatch(ASCII)
    })
  )
})
