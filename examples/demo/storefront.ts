import path from "node:path"

import {
  leaveWithParent,
  repository,
} from "../../integration-tests/stock-store"
import { startChild, type Child } from "../../integration-tests/stock-store"

/** Serves examples/storefront on a port, with what its pages need to know. */
export async function startStorefront(
  port: number,
  settings: Record<string, string>
): Promise<Child> {
  const child = startChild({
    name: "The storefront",
    line: [
      process.execPath,
      ...leaveWithParent,
      path.join(repository, "examples/storefront/server.js"),
    ],
    cwd: repository,
    env: { PORT: String(port), ...settings },
  })
  await child.waitForLog("storefront on")
  return child
}
