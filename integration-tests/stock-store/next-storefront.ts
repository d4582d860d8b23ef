import { createHash } from "node:crypto"
import fs from "node:fs/promises"
import path from "node:path"

import { startChild } from "./child"
import { run } from "./command"
import { freePort } from "./free-port"
import { hashOf } from "./pack"
import { cache, leaveWithParent, nextStorefront } from "./places"
import { timed } from "./progress"
import type { Storefront, StorefrontOptions } from "./storefront"

/** The content of the copy, so that the next run makes only what changed. */
interface Stamp {
  lockfile?: string
  sources?: string
}

const folder = path.join(cache, "storefronts", "nextjs")
const stampFile = path.join(folder, ".made-from.json")
const next = path.join(folder, "node_modules/next/dist/bin/next")
const env = { NEXT_TELEMETRY_DISABLED: "1" }

/** True for what npm and Next.js write beside the sources. */
const isMade = (file: string) =>
  ["node_modules", ".next", "next-env.d.ts"].includes(path.basename(file))

/**
 * Installs examples/nextjs and builds it, unless that is done already. Which store
 * it shows is read when it starts.
 *
 * @returns the folder of the built copy
 */
export async function buildNextStorefront(): Promise<string> {
  await fs.mkdir(folder, { recursive: true })
  const stamp = await readStamp()
  const lockfile = await hashOf(path.join(nextStorefront, "package-lock.json"))
  const sources = await hashOfSources()

  if (stamp.sources !== sources) {
    // what was renamed must not be built again
    await fs.rm(path.join(folder, "src"), { recursive: true, force: true })
    await fs.rm(stampFile, { force: true })
    await fs.cp(nextStorefront, folder, {
      recursive: true,
      filter: (file) => !isMade(file),
    })
    if (stamp.lockfile !== lockfile) {
      const quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
      await timed("Installing the storefront on Next.js (once)", () =>
        run({ line: ["npm", "ci", ...quiet], cwd: folder })
      )
    }
    await timed("Building the storefront on Next.js", () =>
      run({ line: [process.execPath, next, "build"], cwd: folder, env })
    )
    await fs.writeFile(stampFile, JSON.stringify({ lockfile, sources }))
  }
  return folder
}

/** Serves the built storefront for a store. */
export async function startNextStorefront({
  storeUrl,
  port,
}: StorefrontOptions): Promise<Storefront> {
  const cwd = await buildNextStorefront()
  const at = String(port ?? (await freePort()))
  const child = startChild({
    name: "The storefront on Next.js",
    line: [process.execPath, ...leaveWithParent, next, "start", "--port", at],
    cwd,
    env: { ...env, NODE_ENV: "production", MEDUSA_URL: storeUrl },
  })
  await child.waitForLog("Ready in")
  return { ...child, url: `http://localhost:${at}` }
}

async function readStamp(): Promise<Stamp> {
  try {
    return JSON.parse(await fs.readFile(stampFile, "utf8")) as Stamp
  } catch {
    return {}
  }
}

async function hashOfSources(): Promise<string> {
  const entries = await fs.readdir(nextStorefront, {
    recursive: true,
    withFileTypes: true,
  })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.split(path.sep).some(isMade))
    .sort()
  const hash = createHash("sha256")
  for (const file of files) {
    const name = path.relative(nextStorefront, file)
    hash.update(`${name} ${await hashOf(file)}\n`)
  }
  return hash.digest("hex")
}
