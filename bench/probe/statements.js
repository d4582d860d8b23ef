/**
 * Counts the plugin's SQL statements where they leave the server: in pg's
 * Client.query, which every pool and typeorm use. PostgreSQL's own log and
 * pg_stat_statements cannot distinguish them: all connections of a store have one
 * user and one application name.
 *
 * The shop's pool reports the clients that it hands out ("acquire") before any
 * statement is sent on them. All other clients are of the plugin's own pool, since
 * nothing else in this store has one. A statement that the plugin sends over the
 * shop's pool (such as a staged event) names the plugin, in its text or a parameter.
 */
const NAMES_IT = /order[-_]claim/
const ENDS_OF_TRANSACTIONS = /^\s*(BEGIN|START|COMMIT|ROLLBACK)\b/i

const shopsClients = new WeakSet()
let counts

exports.watch = (container) => {
  const { driver } = container.resolve("manager").connection
  driver.master.on("acquire", (client) => shopsClients.add(client))

  const { prototype } = driver.postgres.Client
  const { query } = prototype
  prototype.query = function (statement, values) {
    if (counts && statement) note(this, statement, values)
    return query.apply(this, arguments)
  }
}

exports.startCounting = () => {
  counts = new Map()
}

exports.stopCounting = () => {
  const result = Object.fromEntries(counts)
  counts = undefined
  return result
}

function note(client, statement, values) {
  const text = statement.text ?? String(statement)
  if (ENDS_OF_TRANSACTIONS.test(text)) return

  const isOurs =
    !shopsClients.has(client) ||
    NAMES_IT.test(text) ||
    NAMES_IT.test(JSON.stringify(values ?? statement.values ?? null))
  if (isOurs) counts.set(text, (counts.get(text) ?? 0) + 1)
}
