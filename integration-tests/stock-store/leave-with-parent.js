/**
 * Loaded into a server with `node --require`: when the process that started it
 * is gone, however it went, its end of stdin closes and the server ends too.
 */
process.stdin.once("end", () => process.kill(process.pid, "SIGKILL"))
process.stdin.resume()
process.stdin.unref()
