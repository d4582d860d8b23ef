/**
 * The demo's storefront: two static pages, and where the store is.
 *
 *   STORE_URL=http://localhost:9000 PORT=8000 node examples/storefront/server.js
 */
const fs = require("node:fs")
const http = require("node:http")
const path = require("node:path")

const pages = {
  "/": ["index.html", "text/html"],
  "/claim": ["claim.html", "text/html"],
  "/style.css": ["style.css", "text/css"],
}

const settings = JSON.stringify({
  storeUrl: process.env.STORE_URL || "http://localhost:9000",
  customer: process.env.DEMO_CUSTOMER || "",
  password: process.env.DEMO_PASSWORD || "",
  order: process.env.DEMO_ORDER || "",
  orderEmail: process.env.DEMO_ORDER_EMAIL || "",
  mailUrl: process.env.DEMO_MAIL_URL || "",
})

const server = http.createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://localhost")
  // the claim page's address carries the token: no other site may learn it
  response.setHeader("Referrer-Policy", "no-referrer")
  response.setHeader("Cache-Control", "no-store")

  if (pathname === "/settings.json") {
    response.setHeader("Content-Type", "application/json")
    return response.end(settings)
  }
  const page = pages[pathname]
  if (!page) {
    response.statusCode = 404
    return response.end("There is no such page.")
  }
  response.setHeader("Content-Type", `${page[1]}; charset=utf-8`)
  fs.createReadStream(path.join(__dirname, page[0])).pipe(response)
})

const port = Number(process.env.PORT || 8000)
server.listen(port, () => {
  console.log(`storefront on http://localhost:${port}`)
})
