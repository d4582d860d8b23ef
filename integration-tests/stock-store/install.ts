import fs from "node:fs/promises"
import path from "node:path"

import { run } from "./command"
import { hashOf } from "./pack"
import { cache, exampleStore } from "./places"
import { timed } from "./progress"
import { declineTelemetry } from "./telemetry"

/** The store to install. */
export interface InstallOptions {
  /** The packed plugin; without one the store stays stock. */
  tarball?: string
  /** A store's folder: package.json, its lockfile, medusa-config.js, data. */
  source?: string
  /** The name of the installed copy. */
  name?: string
}

/** The content of the copy, so that the next run installs only what changed. */
interface Stamp {
  lockfile?: string
  tarball?: string
}

const manifests = ["package.json", "package-lock.json"]
const quiet = ["--no-audit", "--no-fund", "--loglevel=error"]

async function readStamp(file: string): Promise<Stamp> {
  try {
    return JSON.parse(await fs.readFile(file, "utf8")) as Stamp
  } catch {
    return {}
  }
}

/**
 * Makes `.cache/stores/<name>` an installed stock store, and adds the plugin
 * the way a shop does: `npm install <tarball>`.
 *
 * @returns the store's folder
 */
export async function installStore({
  tarball,
  source = exampleStore,
  name = "medusa-1.20.11",
}: InstallOptions = {}): Promise<string> {
  await declineTelemetry()
  const folder = path.join(cache, "stores", name)
  const stampFile = path.join(folder, ".installed.json")
  await fs.mkdir(folder, { recursive: true })
  await fs.cp(source, folder, {
    recursive: true,
    filter: (file) =>
      path.basename(file) !== "node_modules" &&
      !manifests.includes(path.basename(file)),
  })

  const restoreManifests = () =>
    Promise.all(
      manifests.map((file) =>
        fs.copyFile(path.join(source, file), path.join(folder, file))
      )
    )

  let stamp = await readStamp(stampFile)
  const lockfile = await hashOf(path.join(source, "package-lock.json"))
  if (stamp.lockfile !== lockfile) {
    await restoreManifests()
    await timed(`Installing a stock store (${name}; once)`, () =>
      run({ line: ["npm", "ci", ...quiet], cwd: folder })
    )
    stamp = { lockfile }
    await fs.writeFile(stampFile, JSON.stringify(stamp))
  }

  const content = tarball && (await hashOf(tarball))
  if (tarball && stamp.tarball !== content) {
    await restoreManifests()
    await timed("Installing the packed plugin into it", () =>
      run({ line: ["npm", "install", tarball, ...quiet], cwd: folder })
    )
    await fs.writeFile(
      stampFile,
      JSON.stringify({ lockfile, tarball: content })
    )
  }
  return folder
}
