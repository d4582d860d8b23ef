import path from "node:path"

import { startChild, type Child } from "./child"
import { run } from "./command"
import { freePort } from "./free-port"
import { cache, exampleStorefront, leaveWithParent, repository } from "./places"
import { timed } from "./progress"

/** The store to show, and the port to show it on. */
export interface StorefrontOptions {
  storeUrl: string
  /** @default a free one */
  port?: number
}

/** The running shop front. */
export interface Storefront extends Child {
  url: string
}

const vite: [string, ...string[]] = [
  process.execPath,
  ...leaveWithParent,
  path.join(repository, "node_modules/vite/bin/vite.js"),
]

/** Builds examples/storefront for a store, and serves it. */
export async function startStorefront({
  storeUrl,
  port,
}: StorefrontOptions): Promise<Storefront> {
  const at = String(port ?? (await freePort()))
  // the store's URL is part of what is built: several may run side by side
  const built = ["--outDir", path.join(cache, "storefronts", at)]
  await timed("Building the storefront", () =>
    run({
      line: [...vite, "build", ...built, "--emptyOutDir"],
      cwd: exampleStorefront,
      env: { VITE_MEDUSA_URL: storeUrl },
    })
  )

  const child = startChild({
    name: "The storefront",
    line: [...vite, "preview", ...built, "--port", at, "--strictPort"],
    cwd: exampleStorefront,
  })
  await child.waitForLog("Local")
  return { ...child, url: `http://localhost:${at}` }
}
