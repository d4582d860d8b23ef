import { join } from "node:path"

/** An entry for `extraPlugins`: lets a test reach into the running store. */
export const probe = { resolve: join(__dirname, "probe") }
