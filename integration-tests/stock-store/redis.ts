import { spawn, spawnSync } from "node:child_process"

import { startChild } from "./child"
import { freePort } from "./free-port"
import { repository } from "./places"

/** A Redis server of this run; it keeps nothing. */
export interface Redis {
  url: string
  stop(): Promise<void>
  kill(): Promise<void>
}

/**
 * True if this machine has Redis. Tests that need it name it and are skipped
 * without.
 *
 * @throws with CI=true, where nothing may be skipped
 */
export function redisAvailable(): boolean {
  const found = spawnSync("redis-server", ["--version"]).status === 0
  if (!found && process.env.CI === "true") {
    throw new Error(
      "redis-server is not installed, and with CI=true no test may be skipped"
    )
  }
  return found
}

/** Starts Redis on a free port, without persistence. */
export async function startRedis(): Promise<Redis> {
  const port = await freePort()
  const server = startChild({
    name: "Redis",
    line: [
      "redis-server",
      ...["--port", String(port), "--bind", "127.0.0.1"],
      ...["--save", "", "--appendonly", "no"],
    ],
    cwd: repository,
  })
  const guard = endWithThisProcess(server.pid)
  void server.exited.then(() => guard.kill())
  await server.waitForLog("Ready to accept connections")
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      await server.stop()
    },
    kill: async () => {
      await server.kill()
    },
  }
}

/** Redis does not notice that its parent is gone; this small process does. */
function endWithThisProcess(pid: number) {
  const guard = spawn(
    process.execPath,
    ["-e", `process.stdin.on("end", () => process.kill(${pid}, 9)).resume()`],
    { stdio: ["pipe", "ignore", "ignore"], detached: true }
  )
  guard.unref()
  return guard
}
