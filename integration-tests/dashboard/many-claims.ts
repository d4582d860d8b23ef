import { eventually, fillClaims } from "../stock-store"
import { button, sees, type TheScene } from "./scene"

const COUNT = 100_000

/** The page "Order claims" of a shop with 100,000 claims. */
export function showsManyClaims(scene: TheScene): void {
  it("shows, filters and searches them, and turns their pages", async () => {
    const { shop, staff } = scene()
    await shop.query("DELETE FROM order_claim")
    await fillClaims(shop.databaseUrl, COUNT)
    await shop.query("ANALYZE order_claim")
    await staff.openClaims()
    await sees(scene(), "10,000+ claims")
    const rows = staff.claimsPage.locator("tbody tr")
    const first = async () => (await rows.first().textContent()) ?? ""
    const leadsToOthers = async (act: () => Promise<void>) => {
      const before = await first()
      await act()
      await eventually(async () => (await first()) !== before, "other claims")
    }

    for (let page = 0; page < 5; page++) {
      await leadsToOthers(() => button(scene(), "Older").click())
    }
    for (const name of [/^Declined/, /^Confirmed/, /^Not emailed/]) {
      const tile = staff.claimsPage.getByRole("button", { name })
      await leadsToOthers(() => tile.click())
      await leadsToOthers(() => button(scene(), "Older").click())
    }
    await staff.openClaims()
    await rows.first().waitFor()
    await leadsToOthers(() =>
      staff.claimsPage.getByLabel("Search").fill("guest-79")
    )
  })
}
