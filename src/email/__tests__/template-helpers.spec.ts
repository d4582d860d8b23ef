import handlebars from "handlebars"
import { withHelpers } from "../template-helpers"

const render = (template: string, view: object) =>
  withHelpers(handlebars).compile(template)(view)

describe("strong", () => {
  const strong = (text: string, part?: string) =>
    render("{{strong text part}}", { text, part })

  it("shows a part of a text in bold", () => {
    expect(strong("Clara asked us.", "Clara")).toBe(
      "<strong>Clara</strong> asked us."
    )
  })

  it("escapes the text and the part", () => {
    expect(strong("<i> & <b>", "<b>")).toBe(
      "&lt;i&gt; &amp; <strong>&lt;b&gt;</strong>"
    )
  })

  it.each([[undefined], [""], ["Greta"]])(
    "leaves a text without the part as it is: %s",
    (part) => {
      expect(strong("Clara & co", part)).toBe("Clara &amp; co")
    }
  )
})

it("small shows a part of a text smaller", () => {
  const view = { text: "until today (14:32 UTC).", part: "(14:32 UTC)" }
  expect(render("{{small text part}}", view)).toBe(
    "until today <small>(14:32 UTC)</small>."
  )
})

describe("mailto", () => {
  const view = { text: "Write to us: a'b@c.example", email: "a'b@c.example" }

  it("makes the address in a text a link", () => {
    expect(render("{{mailto text email}}", view)).toBe(
      'Write to us: <a dir="ltr" href="mailto:a&#x27;b@c.example">a&#x27;b@c.example</a>'
    )
  })

  it("has a style where the template gives one", () => {
    expect(render('{{mailto text email "color:inherit"}}', view)).toContain(
      '<a dir="ltr" href="mailto:a&#x27;b@c.example" style="color:inherit">'
    )
  })

  it("shows a text without an address as it is", () => {
    const { text } = view
    expect(render("{{mailto text nothing}}", { text })).not.toContain("<a")
  })
})

it("the shop's own Handlebars gets no helpers", () => {
  withHelpers(handlebars)
  expect(Object.keys(handlebars.helpers)).not.toContain("mailto")
})
