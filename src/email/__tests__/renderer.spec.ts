import { mkdtempSync, rmSync, writeFileSync } from "fs"
import { tmpdir } from "os"
import { join } from "path"
import { renderBuiltIn } from "../built-in"
import type { Email } from "../email"
import type { View } from "../message"
import { Renderer, TemplateFunction } from "../renderer"
import { requestView } from "./views"

describe("a shop's own template", () => {
  let folder: string
  let errors: string[]

  const logger = {
    info: () => undefined,
    warn: () => undefined,
    error: (line: string) => void errors.push(line),
  }
  const withFiles = (files: Record<string, string>) => {
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(folder, name), content)
    }
    return new Renderer({ folder, functions: {} }, logger)
  }
  const withFunction = (render: unknown) =>
    new Renderer(
      { functions: { "claim-request": render as TemplateFunction } },
      logger
    )

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "templates-"))
    errors = []
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it("is not needed", async () => {
    const view = requestView()
    const renderer = new Renderer({ functions: {} }, logger)

    expect(await renderer.render(view)).toEqual(renderBuiltIn(view))
  })

  it("can be one part; the others are built in", async () => {
    const view = requestView()
    const email = await withFiles({
      "claim-request.subject.hbs": "Yours? {{orders.0.number}}\n",
    }).render(view)

    expect(email.subject).toBe("Yours? #1042")
    expect(email.html).toBe(renderBuiltIn(view).html)
  })

  it("escapes in HTML, and in nothing else", async () => {
    const view = requestView({ claimant: { first_name: "<b>&" } })
    const email = await withFiles({
      "claim-request.html.hbs": "<p>{{claimant.name}} {{link}}</p>",
      "claim-request.text.hbs": "{{claimant.name}} {{link}}",
    }).render(view)

    expect(email.html).toContain("&lt;b&gt;&amp;")
    expect(email.text).toContain("<b>&")
  })

  it("may be HTML compiled by MJML", async () => {
    const email = await withFiles({
      "claim-request.html": "<html>{{link}}</html>",
    }).render(requestView())

    expect(email.html).toMatch(/^<html>https:/)
  })

  it("for a language is for its readers, and one without for all others", async () => {
    const renderer = withFiles({
      "claim-request.subject.hbs": "all",
      "claim-request.de.subject.hbs": "deutsch",
      "claim-request.en.subject.hbs": "english",
    })
    const subjectIn = async (locale: string) =>
      (await renderer.render({ ...requestView(), locale })).subject

    expect(await subjectIn("de-AT")).toBe("deutsch")
    expect(await subjectIn("en-GB")).toBe("english")
    expect(await subjectIn("fr")).toBe("all")
  })

  it("can be a function, synchronous or not", async () => {
    const email = (view: View): Email => ({
      subject: "Mine",
      html: `<p>${"link" in view ? view.link : ""}</p>`,
      text: "link" in view ? view.link : "",
    })
    for (const render of [
      email,
      (view: View) => Promise.resolve(email(view)),
    ]) {
      const { subject } = await withFunction(render).render(requestView())
      expect(subject).toBe("Mine")
    }
    expect(errors).toEqual([])
  })

  it("gets no line break into a subject", async () => {
    const { link } = requestView()
    const { subject } = await withFunction(() => ({
      subject: "Mine\r\nBcc: everybody@example.com",
      html: link,
      text: link,
    })).render(requestView())

    expect(subject).toBe("Mine Bcc: everybody@example.com")
  })

  const { link } = requestView()
  it.each<[string, unknown, string]>([
    [
      "throws",
      () => Promise.reject(new Error("no such helper")),
      "no such helper",
    ],
    ["returns nothing", () => undefined, "returned nothing"],
    ["gives no subject", () => ({ html: link, text: link }), "no subject"],
    [
      "gives no HTML",
      () => ({ subject: "x", html: " ", text: link }),
      "no html",
    ],
    ["gives no text", () => ({ subject: "x", html: link }), "no text"],
    [
      "leaves out the link",
      () => ({ subject: "x", html: "<p></p>", text: link }),
      "html does not contain view.link",
    ],
  ])("that %s is replaced by the built-in one", async (_, render, why) => {
    const view = requestView()
    const email = await withFunction(render).render(view)

    expect(email).toEqual(renderBuiltIn(view))
    expect(errors).toHaveLength(1)
    expect(errors[0]).toContain("claim-request failed")
    expect(errors[0]).toContain(why)
  })

  it("that throws is in the log with its stack and its cause", async () => {
    await withFunction(() => {
      const cause = new Error("no such region")
      throw Object.assign(new TypeError("no texts"), { cause })
    }).render(requestView())

    expect(errors[0]).toMatch(/TypeError: no texts\n +at .*renderer\.spec/)
    expect(errors[0]).toMatch(/\ncaused by: Error: no such region\n +at /)
  })

  it("that quotes the token in its error keeps it out of the log", async () => {
    await withFunction((view: { link: string }) => {
      throw new Error(`cannot render ${view.link}`)
    }).render(requestView())

    expect(errors[0]).toContain("token=[token]")
  })

  it("that never returns does not delay the mail", async () => {
    jest.useFakeTimers()
    const view = requestView()
    const rendering = withFunction(() => new Promise(() => undefined)).render(
      view
    )
    await jest.advanceTimersByTimeAsync(5000)
    jest.useRealTimers()

    expect(await rendering).toEqual(renderBuiltIn(view))
    expect(errors[0]).toContain("within 5000 ms")
  })

  it("in a broken file is replaced, too", async () => {
    const view = requestView()
    const email = await withFiles({
      "claim-request.html.hbs": "{{#if}}",
    }).render(view)

    expect(email).toEqual(renderBuiltIn(view))
    expect(errors).toHaveLength(1)
  })
})
