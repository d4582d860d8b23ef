import { readFileSync } from "node:fs"
import type { Browser, BrowserContextOptions, Page } from "playwright-core"

/** Somebody with a browser profile of their own, watched. */
export interface Visit {
  page: Page
  /**
   * The errors in any of its pages so far: errors in the console, scripts
   * that threw, requests to other hosts than localhost. Forgets them.
   */
  troubles(): string[]
  close(): Promise<void>
}

/** The visitor's browser settings. */
export interface VisitOptions extends BrowserContextOptions {
  /** True for the text of a console error that is expected. */
  expected?: RegExp
}

/** Opens a page in a new browser profile. */
export async function visit(
  browser: Browser,
  { expected, ...options }: VisitOptions = {}
): Promise<Visit> {
  const context = await browser.newContext(options)
  let troubles: string[] = []
  const complain = (trouble: string) => {
    if (!expected?.test(trouble)) troubles.push(trouble)
  }
  context.on("console", (message) => {
    if (message.type() === "error") complain(message.text())
  })
  context.on("weberror", (error) => complain(String(error.error())))
  context.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url())
    const isHere = ["localhost", "127.0.0.1"].includes(hostname)
    if (protocol.startsWith("http") && !isHere) complain(request.url())
  })
  return {
    page: await context.newPage(),
    troubles: () => {
      const found = troubles
      troubles = []
      return found
    },
    close: () => context.close(),
  }
}

interface Violation {
  id: string
  impact: string
  nodes: { html: string }[]
}

/**
 * Lists what axe-core finds serious or worse; needs a browser with JavaScript.
 *
 * @param within - a CSS selector, to look at a part of the page
 */
export async function seriousIssues(
  page: Page,
  within = "html"
): Promise<string[]> {
  const source = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8")
  await page.evaluate(source)
  const { violations } = await page.evaluate<{ violations: Violation[] }>(
    `axe.run(${JSON.stringify(within)}, { resultTypes: ["violations"] })`
  )
  return violations
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(" ")}`)
}
