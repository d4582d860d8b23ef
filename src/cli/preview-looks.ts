/** The style sheet of the page that lists the previews. */
export const STYLE = `
  :root { color-scheme: light dark }
  body { display: grid; font: 14px/20px system-ui, sans-serif; grid-template-columns: 20rem 1fr; height: 100vh; margin: 0 }
  nav { border-inline-end: 1px solid #8886; box-sizing: border-box; overflow: auto; padding: 1rem }
  h1 { font-size: 1.2rem; margin: 0 0 1rem }
  h2 { font-size: 1rem; margin: 1.25rem 0 .25rem }
  form { display: grid; gap: .75rem }
  select { font: inherit; margin-top: .25rem; padding: .25rem; width: 100% }
  .choice { display: flex; gap: .9rem }
  input { margin: 0 .35rem 0 0 }
  ul { list-style: none; margin: 0; padding: 0 }
  nav a { border-radius: .3rem; color: inherit; display: block; padding: .3rem .5rem; text-decoration: none }
  nav a:hover { background: #8882 }
  nav a[aria-current] { background: #1d4ed8; color: #fff }
  main { background: #8883; display: flex; flex-direction: column; min-width: 0 }
  #subject { font-weight: 600; margin: .75rem 1rem }
  #subject:empty { display: none }
  iframe { background: #fff; border: 0; flex: 1; width: 100% }
  iframe.phone { align-self: center; width: 360px }
  @media (max-width: 60rem) { body { grid-template-columns: 1fr; height: auto } iframe { flex: none; height: 100vh } }
`

/** Shows what was chosen, and keeps it in the address: a reload shows it again. */
export const SCRIPT = `
  const form = document.querySelector("form")
  const frame = document.querySelector("iframe")
  const links = [...document.querySelectorAll("a[data-name]")]
  let name = links[0].dataset.name

  function show() {
    const { locale, as, width } = Object.fromEntries(new FormData(form))
    const file = locale + "-" + name
    const isText = as === "text" && file in subjects
    frame.src = file + (isText ? ".txt" : as === "dark" ? "-dark.html" : "-light.html")
    frame.className = width
    const subject = document.getElementById("subject")
    subject.textContent = subjects[file] ?? ""
    subject.lang = locale
    for (const link of links) {
      if (link.dataset.name === name) link.setAttribute("aria-current", "true")
      else link.removeAttribute("aria-current")
    }
    history.replaceState(null, "", "#" + new URLSearchParams({ name, locale, as, width }))
  }

  for (const [key, value] of new URLSearchParams(location.hash.slice(1))) {
    const known = links.some((link) => link.dataset.name === value)
    if (key === "name" && known) name = value
    else if (key === "locale" || key === "as" || key === "width") form.elements[key].value = value
  }
  // A language that is not here any more.
  form.elements.locale.selectedIndex = Math.max(0, form.elements.locale.selectedIndex)
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault()
      name = link.dataset.name
      show()
    })
  }
  form.addEventListener("change", show)
  form.addEventListener("submit", (event) => event.preventDefault())
  show()
`
