/**
 * Loads what Medusa loads of the plugin when a server starts, builds the service and
 * the router as it does, and prints every file that was loaded for that, as JSON.
 */
const fs = require("fs")
const path = require("path")

const src = path.resolve(__dirname, "..")

for (const folder of ["models", "services", "subscribers", "loaders", "api"]) {
  for (const file of fs.readdirSync(path.join(src, folder))) {
    if (file.endsWith(".ts")) require(path.join(src, folder, file))
  }
}

const { default: OrderClaimService } = require("../services/order-claim")
const { default: createRouter } = require("../api")
const store = {
  manager: { connection: { options: { type: "postgres" } } },
  configModule: { projectConfig: { jwt_secret: "s".repeat(32) } },
  logger: console,
}
new OrderClaimService(store, {
  claim_url: "https://shop.example/claim",
  from: "My Shop <orders@shop.example>",
  transport: "smtp://127.0.0.1:9",
})
createRouter()

console.log(JSON.stringify(Object.keys(require.cache)))
