// MJML and Handlebars sources → one module of precompiled templates, so that a
// shop needs neither MJML nor the Handlebars compiler at run time.
const fs = require("fs")
const path = require("path")
const Handlebars = require("handlebars")
const mjml2html = require("mjml")
const { leanHtml } = require("./lean-html")
const skeleton = require("./mail-skeleton")

const email = path.join(__dirname, "..", "src", "email")
const templates = path.join(email, "templates")
const page = path.join(__dirname, "..", "src", "hosted-page")
const HTML_OPTIONS = {
  validationLevel: "soft",
  fonts: {},
  keepComments: false,
  ignoreIncludes: false,
  skeleton,
}
// Only what the runtime and these templates know: a misspelt helper fails here.
const KNOWN = {
  knownHelpers: { strong: true, small: true, mailto: true },
  knownHelpersOnly: true,
}

async function compileMessage(name) {
  const { html, errors } = await mjml2html(read(`${name}.mjml`), {
    ...HTML_OPTIONS,
    filePath: path.join(templates, `${name}.mjml`),
  })
  // What is only known at run time is no error; everything else is.
  const real = errors.filter(({ message }) => !/{{.*for type/.test(message))
  if (real.length) throw new Error(`${name}: ${real[0].formattedMessage}`)

  const parts = {
    subject: precompile(read(`${name}.subject.hbs`), { noEscape: true }),
    html: precompile(leanHtml(html)),
    text: precompile(read(`${name}.text.hbs`), { noEscape: true }),
  }
  const lines = Object.entries(parts).map(([part, code]) => `${part}: ${code}`)
  return `{\n${lines.join(",\n")}\n}`
}

const precompile = (template, options) =>
  Handlebars.precompile(template, { ...KNOWN, ...options })

/** `{{> orders.text}}` is put in right here: the runtime knows no partials. */
function read(file) {
  const source = fs.readFileSync(path.join(templates, file), "utf8")
  return source.replace(/{{> ([\w.-]+)}}\n?/g, (_, part) =>
    read(path.join("parts", `${part}.hbs`))
  )
}

/** A message is a file such as `claim-request.mjml`. */
const messageNames = () =>
  fs
    .readdirSync(templates)
    .filter((file) => file.endsWith(".mjml"))
    .map((file) => path.basename(file, ".mjml"))
    .sort()

async function buildTemplates() {
  const lines = ['"use strict"']
  for (const name of messageNames()) {
    lines.push(`exports["${name}"] = ${await compileMessage(name)}`)
  }
  writeIfNew(path.join(email, "compiled-templates.js"), lines)
  buildPage()
}

/** Leaves a file alone that is right already: those who watch it stay calm. */
function writeIfNew(file, lines) {
  const text = `${lines.join("\n")}\n`
  const isThere = fs.existsSync(file) && fs.readFileSync(file, "utf8") === text
  if (!isThere) fs.writeFileSync(file, text)
}

/** The hosted page: one template, and its style sheet in one line. */
function buildPage() {
  const source = (file) =>
    fs.readFileSync(path.join(page, "templates", file), "utf8")
  const style = source("page.css").replace(/\s+/g, " ").trim()
  const lines = [
    '"use strict"',
    `exports.page = ${precompile(source("page.hbs"))}`,
    `exports.style = ${JSON.stringify(style)}`,
  ]
  writeIfNew(path.join(page, "compiled-page.js"), lines)
}

module.exports = { buildTemplates }
if (require.main === module) {
  buildTemplates().catch((error) => {
    console.error(error)
    process.exitCode = 1
  })
}
