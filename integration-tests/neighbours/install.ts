import fs from "node:fs/promises"
import path from "node:path"

import { run } from "../stock-store/command"
import { hashOf } from "../stock-store/pack"
import { timed } from "../stock-store/progress"

/**
 * Installs other notification plugins beneath a store, once, so that they find
 * its packages and it keeps its own lockfile.
 *
 * @returns where a package of theirs is
 */
export async function installNeighbours(
  store: string
): Promise<(name: string) => string> {
  const folder = path.join(store, "neighbours")
  const stampFile = path.join(folder, ".installed")
  const lockfile = await hashOf(path.join(__dirname, "package-lock.json"))
  const installed = await fs.readFile(stampFile, "utf8").catch(() => "")
  if (installed !== lockfile) {
    await fs.mkdir(folder, { recursive: true })
    for (const file of ["package.json", "package-lock.json"]) {
      await fs.copyFile(path.join(__dirname, file), path.join(folder, file))
    }
    await timed("Installing other notification plugins", () =>
      run({
        // their peers are the store's
        line: ["npm", "ci", "--legacy-peer-deps", "--no-audit", "--no-fund"],
        cwd: folder,
      })
    )
    await fs.writeFile(stampFile, lockfile)
  }
  return (name) => path.join(folder, "node_modules", name)
}
