import { whyWeak } from "../../options/preconditions"
import { InvalidOptions } from "../../options/problems"
import { Settings, parseOptions } from "../../options/settings"
import { Finding } from "./finding"

/** Reads the options; there are no settings if an option is invalid. */
export function readSettings(options: unknown): {
  settings?: Settings
  findings: Finding[]
} {
  const what = "options"
  try {
    const settings = parseOptions(options)
    return { settings, findings: [{ type: "fine", what, detail: "all valid" }] }
  } catch (error) {
    if (!(error instanceof InvalidOptions)) throw error
    const { problems } = error
    return {
      findings: problems.map((detail) => ({ type: "wrong", what, detail })),
    }
  }
}

/** Checks the secret that signs the tokens. */
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
