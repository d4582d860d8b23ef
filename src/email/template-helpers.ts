type Handlebars = typeof import("handlebars")

/** Makes an own copy of Handlebars, in which templates may use the helpers below. */
export function withHelpers(handlebars: Handlebars): Handlebars {
  const own = handlebars.create()
  own.registerHelper({
    /** Shows a part of a text in bold. */
    strong: (text: string, part: string) => wrap(own, text, part, "strong"),
    /** Shows a part of a text smaller. */
    small: (text: string, part: string) => wrap(own, text, part, "small"),
    /** Makes the email address in a text a link. */
    mailto: (text: string, address: string | undefined, style?: unknown) => {
      const href = own.escapeExpression(`mailto:${address}`)
      const styled = typeof style === "string" ? ` style="${style}"` : ""
      return wrap(own, text, address, `a dir="ltr" href="${href}"${styled}`)
    },
  })
  return own
}

/** Puts a part of a text into an element. Escapes the text, but not the tag. */
function wrap(
  { SafeString, escapeExpression }: Handlebars,
  text: string,
  part: string | undefined,
  tag: string
) {
  const at = part ? text.indexOf(part) : -1
  if (!part || at < 0) return new SafeString(escapeExpression(text))
  const before = escapeExpression(text.slice(0, at))
  const after = escapeExpression(text.slice(at + part.length))
  const [name] = tag.split(" ")
  const inside = escapeExpression(part)
  return new SafeString(`${before}<${tag}>${inside}</${name}>${after}`)
}
