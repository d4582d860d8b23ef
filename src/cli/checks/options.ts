import { Settings, parseOptions } from "../../options/settings"
import { whyWeak } from "../../options/preconditions"
import { Finding, oneLine } from "./finding"

/** The options, if they pass. */
export function readSettings(options: unknown): {
  settings?: Settings
  finding: Finding
} {
  const what = "options"
  try {
    const settings = parseOptions(options)
    return { settings, finding: { type: "fine", what, detail: "all pass" } }
  } catch (error) {
    return { finding: { type: "wrong", what, detail: oneLine(error) } }
  }
}

/** The secret that tokens are signed with. */
export function checkSecret(secret: string | undefined): Finding {
  const what = "projectConfig.jwt_secret"
  const weakness = whyWeak(secret)
  return weakness
    ? {
        type: "wrong",
        what,
        detail: `${weakness}; set it to at least 32 random characters (openssl rand -hex 32)`,
      }
    : { type: "fine", what, detail: "long enough" }
}
