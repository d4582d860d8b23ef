import { indexPage, Written } from "../preview-index"

const mail: Written = {
  group: "claim-request",
  name: "claim-request",
  locale: "de",
  title: "Request",
  subject: "Hill & Valley: waren Sie das?",
}
const page: Written = {
  group: "hosted-page",
  name: "page-open",
  locale: "de",
  title: "Question",
}
const english = (written: Written): Written => ({ ...written, locale: "en" })

describe("the list of previews", () => {
  it("links to each message and page once, by group, in the first language", () => {
    const html = indexPage([mail, page, english(mail), english(page)])
    const shown = [...html.matchAll(/<h2>([^<]*)|<a href="([^"]*)"/g)]
    expect(shown.map(([, group, href]) => group ?? href)).toEqual([
      "The request",
      "de-claim-request-light.html",
      "Hosted page",
      "de-page-open-light.html",
    ])
    expect(html).toContain('src="de-claim-request-light.html"')
  })

  it("offers the languages in their order, each by its own name", () => {
    const html = indexPage([mail, english(mail), { ...mail, locale: "ar" }])
    const options = [...html.matchAll(/<option [^>]*>([^<]*)/g)]
    expect(options.map(([, name]) => name)).toEqual([
      "de – Deutsch",
      "en – English",
      "ar – العربية",
    ])
    expect(html).toContain('<option value="ar" lang="ar" dir="rtl">')
  })

  it("has no hosted page to offer, if none was written", () => {
    expect(indexPage([mail])).not.toContain("Hosted page")
  })

  it("lets no subject end its script, and no title its list", () => {
    const hostile = `"></a></script><script>alert(1)</script>&amp;`
    const html = indexPage([{ ...mail, subject: hostile, title: hostile }])
    expect(html.match(/<script/g)).toHaveLength(1)
    expect(html.match(/<\/script/g)).toHaveLength(1)
    expect(html).toContain(
      `>&quot;>&lt;/a>&lt;/script>&lt;script>alert(1)&lt;/script>&amp;amp;</a>`
    )
    const [, json = ""] = /const subjects = (.*)\n/.exec(html) ?? []
    expect(JSON.parse(json)).toEqual({ "de-claim-request": hostile })
  })

  it("loads nothing but the previews", () => {
    const html = indexPage([mail, page])
    expect(html).not.toMatch(/https?:|\ssrc="(?!de-)|@import|url\(/)
  })
})
