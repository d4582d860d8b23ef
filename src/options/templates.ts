import { statSync } from "fs"
import { z } from "zod"
import type { ClaimConfirmedView } from "../email/confirmed-view"
import type { View } from "../email/message"
import type { TemplateFunction } from "../email/renderer"
import type { ClaimRequestView } from "../email/request-view"
import type { ClaimRevertedView } from "../email/reverted-view"
import { parseLocale } from "../texts/locale"
import { baseKey, TextOverrides, textKeys } from "../texts/texts"
import { functionOf, refuse, section } from "./kinds"

const texts: z.ZodType<TextOverrides> = z
  .record(z.record(z.string().max(2000)))
  .superRefine((byLocale, context) => {
    for (const [locale, own] of Object.entries(byLocale)) {
      if (parseLocale(locale) !== locale) refuse(context)
      const keys = textKeys()
      for (const key of Object.keys(own)) {
        if (!keys.has(baseKey(key))) refuse(context)
      }
    }
  })
  .describe(
    'an object such as { de: { "request.button": "Ja" } }, with keys of dist/texts/locales/en.json'
  )

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    // Absent, unreadable, too long, or with a NUL: no folder to read from.
    return false
  }
}

/** The check hands on any template; a shop's gets the view of its own message only. */
const templateFunction = <OwnView extends View>(): z.ZodType<
  TemplateFunction,
  z.ZodTypeDef,
  TemplateFunction<OwnView>
> =>
  functionOf<TemplateFunction>().describe(
    "a function that returns { subject, html, text } for a view"
  )

export const templates = section({
  /** Texts of your own, by locale and key. */
  texts: texts.default({}),
  /** A folder with Handlebars files such as `claim-request.html.hbs`. */
  folder: z
    .string()
    .refine(isFolder)
    .describe("the path of an existing folder")
    .optional(),
  /** Renders the email that asks for a confirmation. */
  "claim-request": templateFunction<ClaimRequestView>().optional(),
  /** Renders the email sent after a confirmation. */
  "claim-confirmed": templateFunction<ClaimConfirmedView>().optional(),
  /** Renders the email sent after orders were given back. */
  "claim-reverted": templateFunction<ClaimRevertedView>().optional(),
})
