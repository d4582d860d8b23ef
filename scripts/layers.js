/**
 * The layers of `src/`, from the entry points that Medusa calls down to the values
 * that all layers share. A file imports from its own layer and those below it.
 */
const layers = [
  ["index.ts"],
  ["admin", "api", "cli", "loaders", "subscribers"],
  ["http"],
  ["services"],
  ["runtime.ts"],
  ["hosted-page"],
  ["actions"],
  ["outbox"],
  ["db", "migrations", "models"],
  ["options"],
  ["transports"],
  ["email"],
  ["texts"],
  ["claims"],
  ["process"],
  ["values"],
]

const places = (names) => names.map((name) => `./src/${name}`)

/** The zones of ESLint's rule `no-restricted-paths`: one per layer but the first. */
const zones = layers.slice(1).map((names, above) => ({
  target: places(names),
  from: places(layers.slice(0, above + 1).flat()),
  message: "Imports point down: see scripts/layers.js.",
}))

module.exports = { layers, zones }
