/**
 * Renders one email many times and prints, as JSON, the rate per second, and p50 and
 * p99 in ms.
 *
 * node render.js <plugin | reactEmail | mjml> <how often> <the plugin's folder>
 */
const [, , way, times, plugin] = process.argv

async function main() {
  const { reactEmail, mjmlWith } = require("./others")
  const { withHelpers } = require(`${plugin}/dist/email/template-helpers`)
  const mjml = mjmlWith(withHelpers(require("handlebars")))
  const ways = { plugin: ofPlugin(), reactEmail, mjml }
  const render = ways[way]
  const view = exampleView()
  // The first ones load and compile.
  for (let i = 0; i < Math.max(20, times / 5); i += 1) await render(view)

  const took = []
  const start = process.hrtime.bigint()
  for (let i = 0; i < times; i += 1) {
    const from = process.hrtime.bigint()
    await render(view)
    took.push(Number(process.hrtime.bigint() - from) / 1e6)
  }
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  took.sort((a, b) => a - b)
  const at = (share) => took[Math.ceil(took.length * share) - 1]
  console.log(
    JSON.stringify({ perSecond: times / seconds, p50: at(0.5), p99: at(0.99) })
  )
}

/** Renders as the courier does: the view with its texts, then the templates. */
function ofPlugin() {
  const { Renderer } = require(`${plugin}/dist/email/renderer`)
  const { claimRequestView } = require(`${plugin}/dist/email/request-view`)
  const { TextSource } = require(`${plugin}/dist/texts/texts`)
  const texts = new TextSource()
  const renderer = new Renderer({ functions: {} }, console)
  return () => renderer.render(claimRequestView(facts, texts))
}

/** The view for the other tools, made beforehand. */
function exampleView() {
  const { claimRequestView } = require(`${plugin}/dist/email/request-view`)
  const { TextSource } = require(`${plugin}/dist/texts/texts`)
  return claimRequestView(facts, new TextSource())
}

const link = `https://shop.example/claim?token=${"x".repeat(200)}`
const facts = {
  locale: "en",
  brand: { name: "Shop", url: "https://shop.example", color: "#1f6feb" },
  claimant: {
    ...{ email: "clara@example.com", first_name: "Clara", last_name: "C" },
    created_at: new Date(),
  },
  ownAddress: false,
  requireLogin: false,
  orders: [
    {
      display_id: 1042,
      created_at: new Date(),
      items: [{ title: "Mug", quantity: 2, thumbnail: null }],
      item_count: 1,
    },
  ],
  orderCount: 1,
  link,
  declineLink: `${link}&action=decline`,
  now: new Date(),
  expiresAt: new Date(Date.now() + 86_400_000),
}

main().catch((error) => {
  console.error(error)
  process.exitCode = 1
})
