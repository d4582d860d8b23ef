/**
 * What the tests and the demo change about this store from outside. A shop
 * needs none of it.
 *
 * - `ORDER_CLAIM_OPTIONS`: JSON, options laid over those in medusa-config.js
 *   (`null` takes one away, `{ "$require": "<file>" }` is what that module
 *   exports); `false` leaves the plugin out
 * - `EXTRA_PLUGINS`: JSON, more entries for `plugins`
 */
exports.adapt = (plugins) => {
  const changes = JSON.parse(process.env.ORDER_CLAIM_OPTIONS || "{}")
  const extra = JSON.parse(process.env.EXTRA_PLUGINS || "[]")
  const isOrderClaim = ({ resolve }) => resolve === "medusa-plugin-order-claim"

  return plugins
    .filter((plugin) => changes !== false || !isOrderClaim(plugin))
    .map((plugin) => (isOrderClaim(plugin) ? changed(plugin, changes) : plugin))
    .concat(extra)
}

const changed = ({ resolve, options }, changes) => ({
  resolve,
  options: Object.fromEntries(
    Object.entries({ ...options, ...changes })
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [
        name,
        value.$require ? require(value.$require) : value,
      ])
  ),
})
