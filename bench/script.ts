import {
  repository,
  startChild,
  type Child,
} from "../integration-tests/stock-store"

/**
 * Starts a TypeScript file of the bench. The file has to import leave-with-parent
 * itself: required on the command line, it would also run in tsx's worker, whose stdin
 * ends at once.
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
