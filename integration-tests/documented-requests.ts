import { readFileSync } from "fs"
import { join } from "path"

/** A request in docs/api.md, and the answer that is documented. */
export interface DocumentedRequest {
  /** `POST /store/order-claims/lookup, line 97` */
  title: string
  method: string
  path: string
  headers: Record<string, string>
  body: string
  status: number
  /** Parsed, if the document shows JSON; else the text. */
  answer: unknown
}

const BLOCK = /^```(\w*)\n([\s\S]*?)^```$/gm

/**
 * The requests of docs/api.md in their order. After a block of `http` the
 * document says "Response 200:", and a block of `json` follows; or "It returns
 * 200 with the text `OK`".
 *
 * @throws if a request comes without its response
 */
export function documentedRequests(): DocumentedRequest[] {
  const file = join(__dirname, "..", "docs", "api.md")
  return parseRequests(readFileSync(file, "utf8"))
}

/** The same of any text. */
export function parseRequests(markdown: string): DocumentedRequest[] {
  const blocks = [...markdown.matchAll(BLOCK)]
  return blocks.flatMap((block, n) => {
    const [whole, language, code = ""] = block
    if (language !== "http") return []

    const next = blocks[n + 1]
    const between = markdown.slice(block.index + whole.length, next?.index)
    const line = markdown.slice(0, block.index).split("\n").length
    const request = parseRequest(code)
    const title = `${request.method} ${request.path}, line ${line}`
    return [{ title, ...request, ...parseAnswer(title, between, next) }]
  })
}

function parseRequest(code: string) {
  const [head = "", ...rest] = code.trimEnd().split("\n\n")
  const [first = "", ...headerLines] = head.split("\n")
  const [method = "", path = ""] = first.split(" ")
  const headers = headerLines.map((line) => line.split(/:\s*/, 2))
  return {
    method,
    path,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: rest.join("\n\n"),
  }
}

function parseAnswer(
  title: string,
  between: string,
  next: RegExpMatchArray | undefined
): Pick<DocumentedRequest, "status" | "answer"> {
  const withJson = /\bResponse (\d{3}):\s*$/.exec(between)
  if (withJson && next?.[1] === "json") {
    return { status: Number(withJson[1]), answer: JSON.parse(next[2]!) }
  }
  const withText = /\breturns (\d{3}) with the text `([^`]*)`/.exec(between)
  if (withText) return { status: Number(withText[1]), answer: withText[2] }
  throw new Error(`${title}: docs/api.md does not say what it returns`)
}
