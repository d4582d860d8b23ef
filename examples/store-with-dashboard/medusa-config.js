const store = require("../store/medusa-config")

const withWidget = (plugin) =>
  plugin.resolve === "medusa-plugin-order-claim"
    ? { ...plugin, options: { ...plugin.options, enableUI: true } }
    : plugin

module.exports = {
  ...store,
  plugins: [
    ...store.plugins.map(withWidget),
    {
      resolve: "@medusajs/admin",
      options: {
        serve: true,
        path: "/app",
        // Built by `npm run build`, not on every start.
        autoRebuild: false,
      },
    },
  ],
}
