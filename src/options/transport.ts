import { z } from "zod"
import type { TransportOption } from "../transports"
import { functionOf } from "./kinds"

/** An unset environment variable must not become mail to localhost. */
function namesAServer(options: Record<string, unknown>): boolean {
  const ways = ["host", "service", "url", "send", "sendmail", "SES"]
  const forTests = ["streamTransport", "jsonTransport"]
  return [...ways, ...forTests].some((way) => options[way])
}

export const transport: z.ZodType<TransportOption> = z
  .union([
    z.string().regex(/^smtps?:\/\/[^/\s]\S*$/),
    z.record(z.unknown()).refine(namesAServer),
    functionOf<(container: Record<string, unknown>) => unknown>(),
  ])
  .describe(
    'an SMTP URL such as "smtp://user:password@mail.example:587", an object of nodemailer options with a host, or a function that returns a nodemailer transport'
  )
