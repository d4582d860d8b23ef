import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "fs"
import { dirname, join } from "path"
import { LANGUAGES } from "../../texts/locale"
import { examples } from "../examples"
import { pageExamples } from "../page-examples"
import { preview } from "../preview"
import { captureOutput, newFolder, SHOP, shopConfig } from "./store-folder"

const NONE = "no-such-medusa-config.js"
const JWT = /[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/
const names = examples.map(({ name }) => name)
const pages = pageExamples.map(({ name }) => name)

/** Runs the command; returns its output, and a function to read its files. */
async function previewed(config: string, locale?: string) {
  const printed = captureOutput()
  const out = join(newFolder(), "new", "preview")
  await preview({ config, out, ...(locale !== undefined && { locale }) })
  const read = (file: string) => readFileSync(join(out, file), "utf8")
  return { printed, out, read, files: readdirSync(out) }
}

describe("preview", () => {
  it("writes every message and page in every language, and a list", async () => {
    const { files, printed, out } = await previewed(NONE)
    const written = (name: string, ends: string[]) =>
      LANGUAGES.flatMap((locale) =>
        ends.map((end) => `${locale}-${name}${end}`)
      )
    const expected = [
      ...names.flatMap((n) =>
        written(n, [".html", "-light.html", "-dark.html", ".txt"])
      ),
      ...pages.flatMap((n) => written(n, ["-light.html", "-dark.html"])),
      "index.html",
    ]
    expect(files.sort()).toEqual(expected.sort())
    const messages = LANGUAGES.length * names.length
    expect(printed).toEqual([
      `${messages} messages, ${LANGUAGES.length * pages.length} hosted pages: ${join(out, "index.html")}`,
    ])
  })

  it("lists the shop's own language first", async () => {
    const config = shopConfig({ ...SHOP, locale: "pl" })
    const { read } = await previewed(config)
    const [first, second] = [
      ...read("index.html").matchAll(/<option value="([^"]*)"/g),
    ].map(([, locale]) => locale)
    expect([first, second]).toEqual(["pl", "ar"])
  })

  it("shows the hosted page as the shop's customers see it, with nothing left to load", async () => {
    const config = shopConfig({
      ...SHOP,
      brand: { name: "Nut", color: "#aa3300" },
    })
    const { files, read } = await previewed(config, "en")
    expect(read("en-page-open-light.html")).toContain("--brand:#aa3300")
    expect(read("en-page-open-many-light.html")).toContain("and 7 more orders")
    expect(read("en-page-open-light.html")).toContain("works for 24 hours")
    expect(read("en-page-revertable-light.html")).toContain("works for 7 days")
    expect(read("en-page-open-password-light.html")).toContain(
      'type="password"'
    )
    expect(read("en-page-open-password-light.html")).not.toContain("Clara")
    expect(read("en-page-expired-light.html")).toContain('value="renew"')
    for (const file of files.filter((each) => each.startsWith("en-page-"))) {
      expect(read(file)).not.toMatch(/<script|\ssrc=|@import|url\(/)
    }
  })

  it("writes one language if asked to", async () => {
    const { files, read } = await previewed(NONE, "de_at")
    expect(files).toHaveLength(names.length * 4 + pages.length * 2 + 1)
    expect(files.filter((file) => !file.startsWith("de-AT-"))).toEqual([
      "index.html",
    ])
    expect(read("de-AT-claim-request.html")).toContain('lang="de-AT"')
  })

  it.each(["xx", "klingon!", ""])(
    "refuses the language %j, naming the others",
    async (locale) => {
      await expect(previewed(NONE, locale)).rejects.toThrow(
        `--locale ${locale}: expected a language such as de or de-AT, one of ${LANGUAGES.join(", ")}`
      )
    }
  )

  it("shows an example shop if none is configured yet", async () => {
    const { read } = await previewed(NONE, "en")
    expect(read("en-claim-request.txt")).toContain("Hill & Valley")
  })

  it("shows the dark one dark and the light one light, whatever the browser prefers", async () => {
    const { read } = await previewed(NONE, "en")
    for (const name of names) {
      expect(read(`en-${name}.html`)).toContain("(prefers-color-scheme:dark)")
      expect(read(`en-${name}-dark.html`)).not.toContain("prefers-color-scheme")
      expect(read(`en-${name}-dark.html`)).toContain("@media (min-width: 0)")
    }
    for (const name of [...names, ...pages]) {
      const light = read(`en-${name}-light.html`)
      expect(light).not.toContain("prefers-color-scheme")
      expect(light).toContain("@media (max-width: 0)")
    }
  })

  it("writes the subject above the text", async () => {
    const { read } = await previewed(NONE, "en")
    expect(read("en-claim-request.txt")).toMatch(/^Hill & Valley: .+\n\nHello/)
    expect(read("index.html")).toContain('"Hill & Valley: ')
  })

  it("shows the mails to the claimant's own address too, for one order and for many", async () => {
    const { read } = await previewed(NONE, "en")
    expect(read("en-claim-request-own-address.txt")).toContain(
      "An account with this email address was opened on"
    )
    expect(read("en-claim-request-own-address-many.txt")).toMatch(
      /^Hill & Valley: Add your 12 earlier orders to your account\?\n/
    )
    expect(read("en-claim-confirmed-own-address.txt")).toMatch(
      /^Hill & Valley: Order #1042 was added to your account\n/
    )
  })

  it("contains no token, and nothing like one", async () => {
    const { files, read } = await previewed(NONE, "en")
    expect(read("en-claim-request.txt")).toContain("token=this-is-an-example")
    for (const file of files) {
      expect(read(file)).not.toMatch(JWT)
      expect(read(file)).not.toMatch(/eyJ/)
    }
  })

  it("links to the shop's page as the real mail does", async () => {
    const config = shopConfig({
      ...SHOP,
      claim_url: "https://shop.example/claim?from=mail#orders",
      token_param: "t",
    })
    const { read } = await previewed(config, "en")
    const token = "this-is-an-example-and-no-token"
    const page = "https://shop.example/claim?from=mail"
    const text = read("en-claim-request.txt")
    expect(text).toContain(`${page}&t=${token}#orders\n`)
    expect(text).toContain(`${page}&t=${token}&action=decline#orders\n`)
  })

  it("calls the storefront function for each message", async () => {
    const options = `{ from: "a@shop.example",
      storefront: async ({ message, locale, claim, orders: [order] }) => ({
        claim_url: "https://shop.example/" + [message, locale, claim.id,
          claim.customer_id, ...claim.order_ids, order.id].join("/"),
        brand: { name: "Brand of " + message },
        locale: "de",
      }) }`
    const { read } = await previewed(shopConfig(options), "en")
    expect(read("en-claim-request.txt")).toContain(
      "https://shop.example/claim-request/en/oclaim_example/cus_example/order_example/order_example?token="
    )
    expect(read("en-claim-reverted-many.txt")).toMatch(
      /^Brand of claim-reverted: /
    )
    // Each language is shown, whichever the function prefers.
    expect(read("en-claim-request.html")).toContain('lang="en"')
  })

  it.each([
    ["throw new Error('no such channel')", /^storefront threw Error: no such/],
    ["return { colour: 1 }", /colour: there is no such option; did you mean/],
    ["return container.productService", /container has no productService here/],
    ["return undefined", /its result: expected an object; got nothing/],
  ])(
    "says in words that a storefront function fails: %s",
    async (code, words) => {
      const options = `{ from: "a@shop.example",
      storefront: async (about, container) => { ${code} } }`
      const failed = previewed(shopConfig(options), "en")
      await expect(failed).rejects.toThrow(words)
      await expect(failed).rejects.toThrow(
        /pass one of yours with --order <id>\)$/
      )
    }
  )

  it("shows the shop's own brand and texts", async () => {
    const config = shopConfig({
      ...SHOP,
      brand: { name: "Nut <& Bolt", color: "#aa3300" },
      templates: {
        texts: {
          en: {
            "request.button": "Yes, mine!",
          },
        },
      },
    })
    const { read } = await previewed(config, "en")
    const html = read("en-claim-request.html")
    expect(html).toContain("Yes, mine!")
    expect(html).toContain("#aa3300")
    expect(html).toContain("Nut &lt;&amp; Bolt")
    expect(read("index.html")).toContain('"Nut \\u003c& Bolt: ')
  })

  it("uses the shop's own files", async () => {
    const config = shopConfig(`{ ...${JSON.stringify(SHOP)},
      templates: { folder: __dirname + "/mails" } }`)
    const mails = join(dirname(config), "mails")
    mkdirSync(mails)
    writeFileSync(
      join(mails, "claim-request.html.hbs"),
      "<p>{{claimant.name}}: <a href='{{link}}'>ours</a></p>"
    )
    const { read } = await previewed(config, "en")
    expect(read("en-claim-request.html")).toContain(">ours</a></p>")
    expect(read("en-claim-confirmed-many.html")).not.toContain("ours</a>")
  })

  it("uses the shop's own function, and says if it fails", async () => {
    const config = shopConfig(`{ ...${JSON.stringify(SHOP)}, templates: {
      "claim-request": ({ locale }) =>
        ({ subject: "Ours in " + locale, html: "<b>ours</b>", text: "ours" }),
      "claim-confirmed": () => { throw new Error("not ready") },
    } }`)
    const { read, printed } = await previewed(config, "en")
    expect(read("en-claim-request.txt")).toBe("Ours in en\n\nours")
    expect(read("en-claim-confirmed-claimant.html")).toContain("<table")
    expect(printed.join("\n")).toMatch(/claim-confirmed failed.*not ready/)
  })

  it("stops at invalid options", async () => {
    const config = shopConfig({ ...SHOP, from: "nobody" })
    await expect(previewed(config, "en")).rejects.toThrow(
      'from: expected a sender such as "My Shop <orders@shop.example>"; got "nobody"'
    )
  })
})
