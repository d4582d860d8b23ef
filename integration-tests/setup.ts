import { startHarness } from "./stock-store"

/** Jest's globalSetup for the project "store". */
export default async function setup(): Promise<void> {
  const harness = await startHarness()
  globalThis.stopHarness = () => harness.stop()
}

declare global {
  // set by setup and called by teardown, which run in one process
  var stopHarness: (() => Promise<void>) | undefined
}
