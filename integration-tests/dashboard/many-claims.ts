import { eventually, fillClaims } from "../stock-store"
import { button, sees, type TheScene } from "./scene"

const COUNT = 100_000
const QUICK_MS = 2000

/** The page "Order claims" of a shop with 100,000 claims. */
export function staysQuick(scene: TheScene): void {
  it("shows, filters, searches and turns pages within two seconds", async () => {
    const { shop, staff } = scene()
    await shop.query("DELETE FROM order_claim")
    await fillClaims(shop.databaseUrl, COUNT)
    await shop.query("ANALYZE order_claim")
    await staff.openClaims()
    await sees(scene(), "10,000+ claims")
    const rows = staff.claimsPage.locator("tbody tr")
    const first = async () => (await rows.first().textContent()) ?? ""
    const quickly = async (act: () => Promise<void>) => {
      const before = await first()
      const began = performance.now()
      await act()
      await eventually(async () => (await first()) !== before, "other claims")
      expect(performance.now() - began).toBeLessThan(QUICK_MS)
    }

    for (let page = 0; page < 5; page++) {
      await quickly(() => button(scene(), "Older").click())
    }
    for (const name of [/^Declined/, /^Confirmed/, /^Not mailed/]) {
      const tile = staff.claimsPage.getByRole("button", { name })
      await quickly(() => tile.click())
      await quickly(() => button(scene(), "Older").click())
    }
    await staff.openClaims()
    await rows.first().waitFor()
    await quickly(() => staff.claimsPage.getByLabel("Search").fill("guest-79"))
  })
}
