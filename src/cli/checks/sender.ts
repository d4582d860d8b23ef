import { promises as dns } from "dns"
import type { Settings } from "../../options/settings"
import { Finding, oneLine } from "./finding"

const DNS_LIMITS = { timeout: 2000, tries: 2 }
const LOCAL = /(^|\.)(localhost|local|test|example|invalid)$/

/** Checks that replies to the sender can be delivered. */
export async function checkSender(
  { from }: Pick<Settings, "from">,
  names = new dns.Resolver(DNS_LIMITS)
): Promise<Finding> {
  const what = "sender"
  const domain = from.address.slice(from.address.lastIndexOf("@") + 1)
  if (LOCAL.test(domain)) {
    const detail = `${domain} is not a public domain: fine for tests, not for customers`
    return { type: "skipped", what, detail }
  }
  try {
    return (await receivesMail(domain, names))
      ? { type: "fine", what, detail: `${domain} receives mail` }
      : {
          type: "wrong",
          what,
          detail: `${domain} has neither MX nor address records, so most servers treat its mail as spam: check the option from`,
        }
  } catch (error) {
    const detail = `the DNS query failed (${oneLine(error)})`
    return { type: "skipped", what, detail }
  }
}

async function receivesMail(
  domain: string,
  names: dns.Resolver
): Promise<boolean> {
  for (const type of ["MX", "A", "AAAA"] as const) {
    try {
      const records: unknown[] = [await names.resolve(domain, type)].flat()
      if (records.length) return true
    } catch (error) {
      const { code } = error as { code?: string }
      if (code !== "ENODATA" && code !== "ENOTFOUND") throw error
    }
  }
  return false
}
