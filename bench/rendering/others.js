/**
 * Renders the same message with other tools that shops use: HTML and text of the
 * plugin's own view.
 */
const fs = require("node:fs")
const path = require("node:path")

/** Renders with React Email: components, rendered twice. */
exports.reactEmail = async (view) => {
  const { createElement: h } = require("react")
  const { render } = require("@react-email/render")
  const {
    Body,
    Button,
    Container,
    Head,
    Heading,
    Hr,
    Html,
    Link,
    Preview,
    Section,
    Text,
  } = require("@react-email/components")
  const { texts, brand, claimant, orders, link } = view
  const mail = h(
    Html,
    { lang: view.locale, dir: view.dir },
    h(Head),
    h(Preview, null, texts.preheader),
    h(
      Body,
      { style: { backgroundColor: "#f3f4f6" } },
      h(Container, null, h(Text, null, brand.name)),
      h(
        Container,
        { style: { backgroundColor: "#ffffff", padding: 24 } },
        h(Heading, { as: "h1" }, texts.heading),
        h(Text, null, texts.intro),
        h(Text, null, `${claimant.name}, ${claimant.email}`),
        ...orders.map((order) =>
          h(
            Section,
            { key: order.number },
            h(Text, null, order.title),
            ...order.items.map((item) =>
              h(Text, { key: item.title }, `${item.quantity} × ${item.title}`)
            ),
            h(Hr)
          )
        ),
        h(Button, { href: link, style: { color: "#ffffff" } }, texts.button),
        h(Text, null, texts.open_link, h(Link, { href: link }, link)),
        h(Text, null, texts.expiry, texts.no_forward),
        h(Text, null, texts.not_you, texts.do_nothing),
        h(Link, { href: view.decline_link }, texts.decline)
      )
    )
  )
  return {
    subject: texts.subject,
    html: await render(mail),
    text: await render(mail, { plainText: true }),
  }
}

const templates = path.join(__dirname, "../../src/email/templates")
const read = (file) =>
  fs
    .readFileSync(path.join(templates, file), "utf8")
    .replace(/{{> ([\w.]+)}}/g, (_, part) => read(`parts/${part}.hbs`))

/**
 * Renders with MJML at run time: the plugin's own sources, filled in and then compiled.
 * `handlebars` has the plugin's helpers.
 */
exports.mjmlWith = (handlebars) => async (view) => {
  const mjml2html = require("mjml")
  const filled = (source) => handlebars.compile(source)(view)
  const { html } = await mjml2html(
    filled(withIncludes(read("claim-request.mjml"))),
    { validationLevel: "skip", fonts: {} }
  )
  return {
    subject: view.texts.subject,
    html,
    text: filled(read("claim-request.text.hbs")),
  }
}

const withIncludes = (source) =>
  source.replace(/<mj-include path="\.\/([\w./]+)" \/>/g, (_, file) =>
    read(file)
  )
