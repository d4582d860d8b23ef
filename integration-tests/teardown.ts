import "./setup"

/** Jest's globalTeardown for the project "store". */
export default async function teardown(): Promise<void> {
  await globalThis.stopHarness?.()
}
