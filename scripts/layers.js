/**
 * The layers of `src/`, from where Medusa calls down to what everybody may know.
 * A file imports from its own layer and from those below it.
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
