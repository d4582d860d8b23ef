import path from "node:path"
import { repository, run, theHarness } from "./stock-store"

const script = path.join(repository, "bench/rendering/render.js")

it.each(["plugin", "reactEmail", "mjml"])(
  "the benchmark renders an email with %s",
  async (way) => {
    const plugin = path.join(
      theHarness().folder,
      "node_modules/medusa-plugin-order-claim"
    )
    const line = [process.execPath, script, way, "1", plugin] as const
    const printed = await run({ line: [...line], cwd: repository })
    expect(JSON.parse(printed)).toMatchObject({
      perSecond: expect.any(Number) as number,
    })
  }
)
