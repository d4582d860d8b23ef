import {
  repository,
  startChild,
  type Child,
} from "../integration-tests/stock-store"

/**
 * Starts a TypeScript file of the bench. It has to import leave-with-parent
 * itself: required on the command line, that would run in tsx's worker too,
 * whose stdin is at its end at once.
 */
export const startScript = (
  name: string,
  file: string,
  env: NodeJS.ProcessEnv = {}
): Child =>
  startChild({
    name,
    line: [process.execPath, "--import", "tsx", file],
    cwd: repository,
    env,
  })
