/**
 * `npm run test:matrix`: the tarball on stock stores of every Medusa release
 * that has the flow, on every Node they run on. Flags: integration-tests/matrix/run.ts
 */
const { installIfNeeded, root, runOrEnd } = require("./install")

installIfNeeded()
runOrEnd(
  process.execPath,
  [
    ...["--import", "tsx", "integration-tests/matrix/run.ts"],
    ...process.argv.slice(2),
  ],
  { cwd: root }
)
