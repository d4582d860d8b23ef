/**
 * Counts SQL statements where they leave the server: in pg's Client.query,
 * through which every pool and typeorm send. PostgreSQL's own log or
 * pg_stat_statements would count them as well, but could not tell whose they
 * are: all of a store's connections have one user and one application name.
 *
 * Here it can be told. The shop's pool says which clients it hands out
 * ("acquire"); no statement is sent on one before. Whatever goes over any other
 * client goes over the plugin's own pool, as nothing else in this store has
 * one. What the plugin sends over the shop's pool (say, an event that it
 * stages) names it, in the text or in a parameter.
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
