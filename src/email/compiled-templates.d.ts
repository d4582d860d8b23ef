import type { MessageName } from "./message"

// The module itself is made by scripts/build-templates.js.

/** Handlebars templates, precompiled; `handlebars/runtime` makes them functions. */
declare const templates: Record<
  MessageName,
  Record<"subject" | "html" | "text", object>
>
export = templates
