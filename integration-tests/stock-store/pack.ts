import { createHash } from "node:crypto"
import fs from "node:fs/promises"
import path from "node:path"

import { run } from "./command"
import { cache, repository } from "./places"
import { timed } from "./progress"

/** SHA-256 of a file's content, in hex. */
export async function hashOf(file: string): Promise<string> {
  return createHash("sha256")
    .update(await fs.readFile(file))
    .digest("hex")
}

/**
 * Builds and packs the plugin as it would be published; with the environment
 * variable ORDER_CLAIM_TARBALL takes that one, already published or packed.
 *
 * @returns the tarball's path; its name tells its content, so that npm never
 * takes an old one for it
 */
export async function packPlugin(): Promise<string> {
  if (process.env.ORDER_CLAIM_TARBALL) {
    return path.resolve(process.env.ORDER_CLAIM_TARBALL)
  }
  const folder = path.join(cache, "tarballs")
  await fs.rm(folder, { recursive: true, force: true })
  await fs.mkdir(folder, { recursive: true })

  await timed("Building and packing the plugin", () =>
    run({
      line: ["npm", "pack", "--pack-destination", folder],
      cwd: repository,
    })
  )

  const [packed] = await fs.readdir(folder)
  if (!packed) {
    throw new Error(`npm pack left no tarball in ${folder}`)
  }
  const hash = await hashOf(path.join(folder, packed))
  const tarball = path.join(
    folder,
    packed.replace(/\.tgz$/, `-${hash.slice(0, 12)}.tgz`)
  )
  await fs.rename(path.join(folder, packed), tarball)
  return tarball
}
