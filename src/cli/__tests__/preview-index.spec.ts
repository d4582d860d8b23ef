import { indexPage } from "../preview-index"

const written = {
  file: "de-claim-request",
  locale: "de",
  title: "Request",
  subject: "Hill & Valley: waren Sie das?",
}

describe("the list of previews", () => {
  it("links to each message light, dark and as text, and shows the first", () => {
    const page = indexPage([written])
    const links = [...page.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)
    expect(links).toEqual([
      "de-claim-request.html",
      "de-claim-request-dark.html",
      "de-claim-request.txt",
    ])
    expect(page).toContain('src="de-claim-request.html"')
  })

  it("escapes a subject", () => {
    const subject = `"><script>alert(1)</script>&amp;`
    const page = indexPage([{ ...written, subject }])
    expect(page).not.toContain("<script")
    expect(page).toContain(
      `dir="auto">&quot;>&lt;script>alert(1)&lt;/script>&amp;amp;</span>`
    )
  })

  it("marks the language of each subject", () => {
    expect(indexPage([written])).toContain('<span lang="de" dir="auto">')
  })
})
