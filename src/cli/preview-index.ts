/** A message that was written to files. */
export interface Written {
  /** The name of its files, without an ending. */
  file: string
  locale: string
  title: string
  subject: string
}

/** Makes the page that lists the messages, and shows the chosen one. */
export function indexPage(written: Written[]): string {
  const [first] = written
  const items = written.map(
    ({ file, locale, title, subject }) =>
      `<li><b lang="en">${escape(`${locale}: ${title}`)}</b>
      <span lang="${escape(locale)}" dir="auto">${escape(subject)}</span>
      <a href="${escape(file)}.html" target="shown">light</a>
      <a href="${escape(file)}-dark.html" target="shown">dark</a>
      <a href="${escape(file)}.txt" target="shown">text</a></li>`
  )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Order-claim mails</title>
<style>
  body { display: grid; font: 14px/20px system-ui; grid-template-columns: 24rem 1fr; height: 100vh; margin: 0 }
  nav { overflow: auto; padding: 1rem }
  ul { list-style: none; padding: 0 }
  li { border-bottom: 1px solid #ddd; padding: .5rem 0 }
  b, span { display: block }
  iframe { border: 0; height: 100%; width: 100% }
  @media (max-width: 60rem) { body { grid-template-columns: 1fr; height: auto } iframe { height: 100vh } }
</style>
<nav><h1>Order-claim mails</h1><ul>
${items.join("\n")}
</ul></nav>
<iframe name="shown" title="The chosen mail" src="${escape(first?.file ?? "")}.html"></iframe>
</html>
`
}

function escape(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/"/g, "&quot;")
}
