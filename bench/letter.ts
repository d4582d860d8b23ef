import { simpleParser } from "mailparser"

/** The content of a mail, without its sender and recipient. */
export interface Letter {
  subject: string
  html: string
  text: string
}

/** Reads the letter from a mail's source, so that others can send the same. */
export async function letterIn(source: string): Promise<Letter> {
  const { subject, html, text } = await simpleParser(
    Buffer.from(source.replace(/^\.\./gm, "."), "latin1")
  )
  if (!subject || !html || !text) {
    throw new Error(`not the plugin's mail:\n${source}`)
  }
  return { subject, html, text }
}
