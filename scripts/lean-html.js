/**
 * Takes out of a compiled mail what no mail program needs, so that no mail has to
 * carry it: indents, spaces in styles, and what MJML adds for columns side by side.
 */
function leanHtml(html) {
  return html
    .replace(
      /<style>([^]*?)<\/style>/g,
      (_, css) => `<style>${leanCss(css)}</style>`
    )
    .replace(/\sstyle="([^"]*)"/g, (_, style) => ` style="${leanStyle(style)}"`)
    .replace(/ class="(?:|mj-[^"]*|\w+-outlook)"/g, "")
    .replace(/<[a-z][^>]*>/g, leanTag)
    .replace(/<\/?tbody>/g, "")
    .replace(/\[if mso \| IE\]/g, "[if mso]")
    .replace(ONLY_COLUMN, "$1")
    .replace(/font-family:inherit;/g, "")
    .replace(/(<div [^>]*role="article"[^>]*style=")/, `$1font-family:${FONT};`)
    .replace(/\s*\n\s*/g, "\n")
    .replace(BETWEEN_BLOCKS, "$1")
    .trim()
}

/** The font of all text, named once: MJML would name it in each part. */
const FONT = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

const leanTag = (tag) => tag.replace(/\s+(?=\/?>)/g, "").replace(/\s+/g, " ")

/** A column that is as wide as its section, between tags for Outlook. */
const ONLY_COLUMN =
  /<!--\[if mso\]><table[^>]*><tr><td style="vertical-align:top;width:\d+px"><!\[endif\]-->\s*<div [^>]*;width:100%">([^]*)<\/div>\s*<!--\[if mso\]><\/td><\/tr><\/table><!\[endif\]-->(?=\s*<\/td>)/

/** Line breaks that show nothing. Those before a block stay: they keep lines short. */
const BETWEEN_BLOCKS =
  /(<\/?(?:body|div|table|tr|td|p|h1)\b[^<>]*>)\n(?=<\/|<t[rd]\b)/g

/** Two braces in a row would be a placeholder of Handlebars. */
const leanCss = (css) =>
  lean(css.replace(/\s*([{}])\s*/g, "$1")).replace(/}}/g, "} }")

const leanStyle = (style) =>
  lean(style)
    .split(";")
    .filter((declaration) => declaration && !IDLE.includes(declaration))
    .join(";")
    .replace(/\b0px\b/g, "0")

/** The default, and what `background-color` says again. */
const IDLE = ["word-spacing:normal", "background:#ffffff"]

const lean = (css) =>
  css
    .replace(/\s+/g, " ")
    .replace(/ ?([;,>]) ?/g, "$1")
    .replace(/: /g, ":")
    .replace(/ !important/g, "!important")
    .replace(/;}/g, "}")
    .trim()

module.exports = { leanHtml }
