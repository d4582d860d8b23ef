import { spawnSync } from "node:child_process"
import type { Browser } from "playwright-core"

const COMMANDS = ["chromium", "chromium-browser"]

const found = COMMANDS.map((command) =>
  spawnSync("sh", ["-c", `command -v ${command}`], { encoding: "utf8" })
).find(({ status }) => status === 0)

/**
 * True if this machine has Chromium. Tests that need it name it and are skipped
 * without.
 *
 * @throws with CI=true, where nothing may be skipped
 */
export function chromiumAvailable(): boolean {
  if (!found && process.env.CI === "true") {
    throw new Error(
      "chromium is not installed, and with CI=true no test may be skipped"
    )
  }
  return Boolean(found)
}

/** Starts the machine's own Chromium. */
export async function startBrowser(): Promise<Browser> {
  // takes half a second to load, and most specs open no browser
  const { chromium } = await import("playwright-core")
  return chromium.launch({
    executablePath: found?.stdout.trim() ?? COMMANDS[0]!,
    // Root needs it, as in a container.
    args: ["--no-sandbox"],
  })
}
