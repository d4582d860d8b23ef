const redisUrl = process.env.REDIS_URL

const plugins = [
  "medusa-fulfillment-manual",
  "medusa-payment-manual",
  {
    resolve: "medusa-plugin-order-claim",
    options: {
      // The storefront's page that confirms; the token is added to it.
      claim_url: process.env.CLAIM_URL,
      from: process.env.CLAIM_FROM,
      // An SMTP URL: smtps://user:password@mail.example.com
      transport: process.env.SMTP_URL,
    },
  },
]

const modules = {
  cacheService: { resolve: "@medusajs/cache-inmemory" },
  eventBus: redisUrl
    ? { resolve: "@medusajs/event-bus-redis", options: { redisUrl } }
    : { resolve: "@medusajs/event-bus-local" },
}

module.exports = {
  projectConfig: {
    database_url: process.env.DATABASE_URL,
    redis_url: redisUrl,
    jwt_secret: process.env.JWT_SECRET,
    cookie_secret: process.env.COOKIE_SECRET,
    store_cors: process.env.STORE_CORS,
    admin_cors: process.env.ADMIN_CORS,
  },
  modules,
  plugins: require("./for-tests").adapt(plugins),
}
