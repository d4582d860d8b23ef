import path from "node:path"

/** The repository's root folder. */
export const repository = path.resolve(__dirname, "../..")

/** The folder of everything that is made once and used again: tarballs, installed stores. */
export const cache = path.join(repository, ".cache")

/** The stock store that a shop could copy. */
export const exampleStore = path.join(repository, "examples", "store")

/** The shop front that a shop could copy. */
export const exampleStorefront = path.join(repository, "examples", "storefront")

/** The shop front on Next.js, a project of its own. */
export const nextStorefront = path.join(repository, "examples", "nextjs")

/** The same store with the admin dashboard. */
export const storeWithDashboard = path.join(
  repository,
  "examples",
  "store-with-dashboard"
)

/** Medusa's command line among the packages in a folder. */
export const medusaCliOf = (folder: string): string =>
  path.join(folder, "node_modules/@medusajs/medusa-cli/cli.js")

/**
 * Medusa's command line, from this repository's development dependencies; it
 * serves in its own process. It looks for `@medusajs/medusa` from the working
 * directory (with resolve-cwd), so that a store runs on its own Medusa.
 */
export const medusaCli = medusaCliOf(repository)

/** Arguments for Node that make a server end with the process it belongs to. */
export const leaveWithParent = [
  "--require",
  path.join(__dirname, "leave-with-parent.js"),
]
