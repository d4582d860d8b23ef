/** The form of nodemailer's option `SES`, in words that follow "expected". */
export const SES_FORM =
  "SES as { sesClient, SendEmailCommand } of @aws-sdk/client-sesv2"

/**
 * True if nodemailer's options have no `SES`, or one that can send. Releases before
 * nodemailer 7 had another form, and each mail would fail with that one.
 */
export function hasUsableSes(options: unknown): boolean {
  const { SES } = Object(options) as { SES?: unknown }
  if (!SES) return true

  const { sesClient, SendEmailCommand } = Object(SES) as {
    sesClient?: { send?: unknown }
    SendEmailCommand?: unknown
  }
  return (
    typeof sesClient?.send === "function" &&
    typeof SendEmailCommand === "function"
  )
}
