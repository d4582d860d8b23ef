/**
 * The settings that the tests and the demo change from outside. A shop needs
 * none of them.
 *
 * - `ORDER_CLAIM_OPTIONS`: JSON, options that override those in medusa-config.js
 *   (`null` removes one, `{ "$require": "<file>" }` stands for what that module
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
