/** An email as a template makes it: all that a reader sees. */
export interface Email {
  subject: string
  html: string
  text: string
}
