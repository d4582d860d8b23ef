import fs from "node:fs/promises"
import path from "node:path"

import { run } from "./command"
import { installStore } from "./install"
import { hashOf } from "./pack"
import { cache, exampleStore, storeWithDashboard } from "./places"
import { timed } from "./progress"

/**
 * Installs the stock store with the admin dashboard and the plugin, and builds
 * the dashboard unless that very widget is in it already.
 *
 * @param tarball - the packed plugin
 * @returns the store's folder; it serves the dashboard under /app, on any port
 */
export async function installDashboardStore(tarball: string): Promise<string> {
  // its configuration extends the one in ../store, here as in the repository
  await fs.cp(exampleStore, path.join(cache, "stores", "store"), {
    recursive: true,
    filter: (file) => path.basename(file) !== "node_modules",
  })
  const folder = await installStore({
    tarball,
    source: storeWithDashboard,
    name: "medusa-1.20.11-dashboard",
  })

  const stampFile = path.join(folder, "build", ".built-from.txt")
  const ingredients = await ingredientsOf(folder)
  const builtFrom = await fs.readFile(stampFile, "utf8").catch(() => undefined)
  if (builtFrom !== ingredients) {
    await timed("Building the admin dashboard", () => build(folder))
    await fs.writeFile(stampFile, ingredients)
  }
  return folder
}

const plugin = "medusa-plugin-order-claim"

async function ingredientsOf(folder: string): Promise<string> {
  const files = [
    path.join(storeWithDashboard, "package-lock.json"),
    path.join(folder, "medusa-config.js"),
    path.join(folder, "node_modules", plugin, "dist/admin/_virtual_entry.js"),
  ]
  return (await Promise.all(files.map(hashOf))).join("\n")
}

/** @throws when the dashboard, or the widget in it, is missing: the tool ends with 0 even so */
async function build(folder: string): Promise<void> {
  const printed = await run({ line: ["npm", "run", "build"], cwd: folder })
  const built = path.join(folder, "build")
  const files = await fs.readdir(built).catch(() => [])
  const scripts = await Promise.all(
    files
      .filter((file) => file.endsWith(".js"))
      .map((file) => fs.readFile(path.join(built, file), "utf8"))
  )
  if (!scripts.some((script) => script.includes(plugin))) {
    throw new Error(`the widget is not in the dashboard:\n${printed}`)
  }
}
