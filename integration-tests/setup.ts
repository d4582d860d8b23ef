import { repository, run, startHarness } from "./stock-store"

/** Jest's globalSetup for the project "store". */
export default async function setup(): Promise<void> {
  // *.db.spec.ts run the sources, whose templates a given tarball leaves as they are
  const templates = "scripts/build-templates.js"
  await run({ line: [process.execPath, templates], cwd: repository })
  const harness = await startHarness()
  globalThis.stopHarness = () => harness.stop()
}

declare global {
  // set by setup and called by teardown, which run in one process
  var stopHarness: (() => Promise<void>) | undefined
}
