// The module itself is made by scripts/build-templates.js.

/** Handlebars templates, precompiled; `handlebars/runtime` makes them functions. */
export const claimRequest: Record<"subject" | "html" | "text", object>
