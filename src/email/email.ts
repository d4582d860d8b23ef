/** What a template makes of a view: all that a reader sees. */
export interface Email {
  subject: string
  html: string
  text: string
}
