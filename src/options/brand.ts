import {
  color,
  emailAddress,
  line,
  orElse,
  section,
  text,
  webPage,
} from "./kinds"

export const brand = section({
  /** The name of the shop. */
  name: orElse(line(200), "the name of the store in the admin"),
  /** The shop's front page. */
  url: webPage().optional(),
  /** The shop's logo in emails, shown 40 pixels high. */
  logo_url: webPage().optional(),
  /** The color of the button. */
  color: color().default("#111827"),
  /** The address for readers' questions. */
  support_email: emailAddress().optional(),
  /** The postal address, in the footer of each email. */
  address: text(500).optional(),
})
