import fs from "node:fs/promises"
import path from "node:path"

import { cache, exampleStore, installStore, run, timed } from "../stock-store"
import { newest } from "./releases"

/**
 * Installs a stock store of a release from npm, once, and the tarball into it
 * as a shop does.
 *
 * @returns the store's folder
 */
export async function installRelease(
  version: string,
  tarball: string
): Promise<string> {
  if (version === newest) return installStore({ tarball })

  const stores = path.join(cache, "stores")
  const source = path.join(stores, `source-${version}`)
  const here = path.join(__dirname, "stores")
  // its configuration extends the one in ../store
  await copy(exampleStore, path.join(stores, "store"))
  await copy(path.join(here, version), source)
  await fs.copyFile(
    path.join(here, "medusa-config.js"),
    path.join(source, "medusa-config.js")
  )
  return installStore({ tarball, source, name: `medusa-${version}` })
}

const copy = (from: string, to: string) =>
  fs.cp(from, to, {
    recursive: true,
    filter: (file) => path.basename(file) !== "node_modules",
  })

/**
 * Installs a Node from npm, once.
 *
 * @returns its program, or `undefined` if there is none for this machine
 */
export async function installNode(
  version: string
): Promise<string | undefined> {
  if (version === process.versions.node) return process.execPath
  const name = `node-${process.platform}-${process.arch}`
  const folder = path.join(cache, "node", version)
  const program = path.join(folder, "node_modules", name, "bin", "node")
  const isThere = () =>
    fs.access(program).then(
      () => true,
      () => false
    )
  if (await isThere()) return program

  await fs.mkdir(folder, { recursive: true })
  await timed(`Installing Node ${version} (once)`, () =>
    run({
      line: [
        ...(["npm", "install", `${name}@${version}`] as [string, ...string[]]),
        ...["--prefix", folder, "--no-save", "--no-audit", "--no-fund"],
      ],
      cwd: folder,
    }).catch(() => undefined)
  )
  return (await isThere()) ? program : undefined
}
