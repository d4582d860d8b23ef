/**
 * Run in a store's folder: reads `{ databaseUrl, many, reads }` from its input, where
 * `many` is what fillClaims returns, and prints how many milliseconds each list and each
 * check of the installed plugin took, every time.
 */
const { readFileSync } = require("node:fs")
const { createRequire } = require("node:module")
const path = require("node:path")

const requireInStore = createRequire(path.join(process.cwd(), "package.json"))
const plugin = path.dirname(
  requireInStore.resolve("medusa-plugin-order-claim/package.json")
)
const ofPlugin = (file) => requireInStore(path.join(plugin, "dist", file))
const { countClaims } = ofPlugin("db/claim-counts.js")
const { listForStaff } = ofPlugin("db/staff-claims.js")
const { loadClaimFacts } = ofPlugin("db/claim-facts.js")
const { loadTally } = ofPlugin("db/tally.js")
const { Pool } = requireInStore("pg")

const { databaseUrl, many, reads } = JSON.parse(readFileSync(0, "utf8"))
const pool = new Pool({ connectionString: databaseUrl })
const db = {
  query: async (sql, parameters) => (await pool.query(sql, parameters)).rows,
}

const list =
  (filter, page = {}) =>
  () =>
    listForStaff(db, filter, { limit: 20, offset: 0, ...page })

const address = (prefix) => ({ search: { type: "address", prefix } })
const number = (display_id) => ({ search: { type: "number", display_id } })
/** The 30 days that begin this many days ago. */
const month = (daysAgo) => {
  const from = Date.now() - daysAgo * 86_400_000
  const until = from + 30 * 86_400_000
  return { createdAt: { from: new Date(from), until: new Date(until) } }
}

const claim = (customer_id, order_ids) => ({
  customer_id,
  order_ids,
  email: "guest-1@example.com",
})
const check = (customer, orderIds) => () =>
  loadClaimFacts(db, [claim(customer, orderIds)])

const hour = { count: 5, windowMs: 3_600_000 }
const day = { count: 20, windowMs: 86_400_000 }
const limits = { perRecipient: [hour, day], perCustomer: [hour, day] }

const { busyCustomer, declinedCustomer, busyOrder, middle } = many
const { orderIds, declinedOrderIds } = many

const tasks = {
  "list, no filter": list({}),
  "list, a rare status": list({ statuses: ["failed"] }),
  "list, two statuses": list({ statuses: ["failed", "confirmed"] }),
  "list, a customer's": list({ customerId: busyCustomer }),
  "list, a customer's of one status": list({
    customerId: busyCustomer,
    statuses: ["sent"],
  }),
  "list, an order's": list({ orderId: busyOrder }),
  "list, from the middle on": list({}, { before: middle }),
  "list, a customer's from the middle on": list(
    { customerId: busyCustomer },
    { before: middle }
  ),
  "list, 10,000 skipped": list({}, { offset: 10_000 }),
  "list, a month": list(month(200)),
  "list, a month, of a rare status": list({
    ...month(200),
    statuses: ["failed"],
  }),
  "search, an address": list(address("guest-123456@example.com")),
  "search, the beginning of few addresses": list(address("Guest-1234")),
  "search, the beginning of a tenth of them": list(address("guest-1")),
  "search, the same in a status": list({
    ...address("guest-1"),
    statuses: ["sent"],
  }),
  "search, the same from the middle on": list(address("guest-1"), {
    before: middle,
  }),
  "search, the beginning of all addresses": list(address("guest")),
  "search, an order's number": list(number(1)),
  "counts by status": () => countClaims(db),
  "check, 1 order": check(busyCustomer, orderIds.slice(0, 1)),
  "check, 3,000 orders": check(busyCustomer, orderIds),
  "check, 3,000 declined orders": check(declinedCustomer, declinedOrderIds),
  "check of the limits": () =>
    loadTally(db, [claim(busyCustomer, orderIds.slice(0, 1))], limits),
}

async function main() {
  const times = {}
  for (const [name, run] of Object.entries(tasks)) {
    // once before, as in a server that has run for a while
    await run()
    times[name] = []
    for (let n = 0; n < reads; n += 1) {
      const start = process.hrtime.bigint()
      await run()
      times[name].push(Number(process.hrtime.bigint() - start) / 1e6)
    }
  }
  await pool.end()
  console.log(JSON.stringify(times))
}

void main()
