// The module itself is made by scripts/build-templates.js.

/** A Handlebars template, precompiled; `handlebars/runtime` makes it a function. */
export declare const page: object
/** Its style sheet. */
export declare const style: string
