// MJML and Handlebars sources → one module of precompiled templates, so that a
// shop needs neither MJML nor the Handlebars compiler at run time.
const fs = require("fs")
const path = require("path")
const Handlebars = require("handlebars")
const mjml2html = require("mjml")

const email = path.join(__dirname, "..", "src", "email")
const templates = path.join(email, "templates")
const HTML_OPTIONS = {
  validationLevel: "soft",
  fonts: {},
  keepComments: false,
  ignoreIncludes: false,
}
// Only what the runtime and these templates know: a misspelt helper fails here.
const KNOWN = { knownHelpersOnly: true }

async function compileMessage(name) {
  const read = (ending) =>
    fs.readFileSync(path.join(templates, `${name}.${ending}`), "utf8")
  const filePath = path.join(templates, `${name}.mjml`)
  const { html, errors } = await mjml2html(read("mjml"), {
    ...HTML_OPTIONS,
    filePath,
  })
  // A colour that is only known at run time is no error; everything else is.
  const real = errors.filter(
    ({ message }) => !/{{.*for type Color/.test(message)
  )
  if (real.length) throw new Error(`${name}: ${real[0].formattedMessage}`)

  const parts = {
    subject: Handlebars.precompile(read("subject.hbs"), {
      ...KNOWN,
      noEscape: true,
    }),
    html: Handlebars.precompile(withoutIndents(html), KNOWN),
    text: Handlebars.precompile(read("text.hbs"), { ...KNOWN, noEscape: true }),
  }
  const lines = Object.entries(parts).map(([part, code]) => `${part}: ${code}`)
  return `{\n${lines.join(",\n")}\n}`
}

/** MJML indents deeply; half of a mail would be white space. */
const withoutIndents = (html) => html.replace(/^\s+/gm, "").replace(/ +$/gm, "")

async function buildTemplates() {
  const request = await compileMessage("claim-request")
  const confirmed = await compileMessage("claim-confirmed")
  const lines = [
    '"use strict"',
    `exports.claimRequest = ${request}`,
    `exports.claimConfirmed = ${confirmed}`,
  ]
  fs.writeFileSync(
    path.join(email, "compiled-templates.js"),
    `${lines.join("\n")}\n`
  )
}

module.exports = { buildTemplates }
if (require.main === module) {
  buildTemplates().catch((error) => {
    console.error(error)
    process.exitCode = 1
  })
}
