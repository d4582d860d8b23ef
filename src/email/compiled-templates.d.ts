// The module itself is made by scripts/build-templates.js.

/** Handlebars templates, precompiled; `handlebars/runtime` makes them functions. */
type Precompiled = Record<"subject" | "html" | "text", object>

export const claimRequest: Precompiled
export const claimConfirmed: Precompiled
