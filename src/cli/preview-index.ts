import type { MessageName } from "../email/message"
import { directionOf } from "../texts/locale"
import { SCRIPT, STYLE } from "./preview-looks"

/** A message or a page that was written to files. */
export interface Written {
  group: Group
  /** The name of its files, without the language before it and an ending. */
  name: string
  locale: string
  title: string
  /** The subject line of a message; a page has none. */
  subject?: string
}

type Group = MessageName | "hosted-page"

const GROUPS: Record<Group, string> = {
  "claim-request": "The request",
  "claim-confirmed": "After a confirmation",
  "claim-reverted": "After orders were given back",
  "hosted-page": "Hosted page",
}

/**
 * Makes the page that lists the messages and pages by group, and shows the chosen one in
 * the chosen language, colours and width. It needs no other file to work.
 */
export function indexPage(written: Written[]): string {
  const locales = [...new Set(written.map(({ locale }) => locale))]
  const [first = ""] = locales
  const listed = written.filter(({ locale }) => locale === first)
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Order-claim preview</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
<nav>
<h1>Order-claim preview</h1>
<form>
<label>Language <select name="locale">${locales.map(option).join("")}</select></label>
${radios("as", { light: "Light", dark: "Dark", text: "Text" })}
${radios("width", { wide: "Wide", phone: "Phone" })}
</form>
${Object.entries(GROUPS)
  .map(([group, title]) =>
    section(
      title,
      listed.filter((each) => each.group === group)
    )
  )
  .join("\n")}
</nav>
<main>
<p id="subject" dir="auto"></p>
<iframe name="shown" title="The chosen message or page" src="${escape(fileOf(listed[0]))}"></iframe>
</main>
<script>const subjects = ${subjectsOf(written)}
${SCRIPT}</script>
</html>
`
}

const fileOf = (written: Written | undefined) =>
  written ? `${written.locale}-${written.name}-light.html` : ""

/** The links work without the script, too. */
function section(title: string, written: Written[]): string {
  const items = written.map(
    (each) =>
      `<li><a href="${escape(fileOf(each))}" target="shown" data-name="${escape(each.name)}">${escape(each.title)}</a></li>`
  )
  return items.length
    ? `<h2>${escape(title)}</h2>\n<ul>\n${items.join("\n")}\n</ul>`
    : ""
}

function radios(name: string, choices: Record<string, string>): string {
  const [first] = Object.keys(choices)
  const inputs = Object.entries(choices).map(
    ([value, label]) =>
      `<label><input type="radio" name="${name}" value="${value}"${value === first ? " checked" : ""}>${label}</label>`
  )
  return `<span class="choice">${inputs.join("")}</span>`
}

function option(locale: string): string {
  const name = new Intl.DisplayNames([locale], { type: "language" }).of(locale)
  return `<option value="${escape(locale)}" lang="${escape(locale)}" dir="${directionOf(locale)}">${escape(`${locale} – ${name ?? locale}`)}</option>`
}

/** Makes the subjects by file, as JSON that cannot end the script it is in. */
function subjectsOf(written: Written[]): string {
  const subjects = written
    .filter(({ subject }) => subject !== undefined)
    .map(({ locale, name, subject }) => [`${locale}-${name}`, subject])
  return JSON.stringify(Object.fromEntries(subjects)).replace(/</g, "\\u003c")
}

function escape(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/"/g, "&quot;")
}
