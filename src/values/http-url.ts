/** Parses an absolute http(s) URL; `undefined` for anything else, and with credentials. */
export function parseHttpUrl(value: unknown): URL | undefined {
  if (typeof value !== "string") return undefined
  try {
    const url = new URL(value)
    const isHttp = url.protocol === "http:" || url.protocol === "https:"
    return isHttp && !url.username && !url.password ? url : undefined
  } catch {
    return undefined
  }
}

/** True if a URL leads to the machine that opens it. */
export function isLocalUrl(url: URL): boolean {
  const hostname = url.hostname.replace(/\.$/, "")
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    /^127(\.\d+){3}$/.test(hostname) ||
    ["0.0.0.0", "[::1]", "[::]"].includes(hostname) ||
    hostname.startsWith("[::ffff:7f")
  )
}
