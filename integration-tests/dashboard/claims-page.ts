import { ulid } from "ulid"
import { seriousIssues } from "../stock-store"
import { copyClaim } from "./copy-claim"
import { claimed } from "./claimed"
import { button, sees, type TheScene } from "./scene"

const LIST = "**/admin/order-claims?*"

/** The server finds a time by the ids, which begin with it. */
const openedAt = (created_at: string) => ({
  id: `oclaim_${ulid(Date.parse(created_at))}`,
  created_at,
})

/** Elements in the browser, whose types this project does not load. */
interface Box {
  scrollWidth: number
  clientWidth: number
}
interface Words extends Box {
  closest(selector: string): Box
}

/** The page "Order claims" with none, one and fifty claims, in this order. */
export function showsAllClaims(scene: TheScene): void {
  const rows = () => scene().staff.claimsPage.locator("tbody tr")
  const hasRows = async (count: number) => {
    await rows()
      .nth(count - 1)
      .waitFor()
    await rows().nth(count).waitFor({ state: "detached" })
  }
  const address = () => new URL(scene().staff.page.url())
  const tile = (name: string) =>
    scene().staff.claimsPage.getByRole("button", {
      name: new RegExp(`^${name}`),
    })
  const search = () => scene().staff.claimsPage.getByLabel("Search")

  it("is in the dashboard's menu, and says that there are none", async () => {
    const { staff } = scene()
    await staff.openOrders()
    await staff.page.getByRole("link", { name: "Order claims" }).click()

    await sees(scene(), "No order claims yet")
    await tile("Email failed 0").waitFor()
    expect(await seriousIssues(staff.page, "main")).toEqual([])
  })

  it("shows one, with what is known about it", async () => {
    const { shop, staff, clara } = scene()
    await shop.query("UPDATE customer SET first_name = $2 WHERE id = $1", [
      clara.customer.id,
      `<img src=x onerror="document.title='owned'">`,
    ])
    const { order } = await claimed(scene(), "gerda@example.com")
    await staff.openClaims()

    const row = rows().first()
    await sees(scene(), "Waiting for confirmation", row)
    await sees(scene(), "gerda@example.com", row)
    await sees(scene(), "250 OK: message queued", row)
    await row.getByText(/^<img src=x .* Customer, /).waitFor()
    await sees(scene(), "1 claim")
    expect(await seriousIssues(staff.page, "main")).toEqual([])

    await row.getByRole("link", { name: `#${order.display_id}` }).click()
    await staff.page.waitForURL(`**/a/orders/${order.id}`)
    await staff.page
      .getByRole("link", { name: "Show these claims in the list of all" })
      .click()
    await staff.page.waitForURL(`**/a/order-claims?order_id=${order.id}`)
    await hasRows(1)
    expect(await staff.page.title()).not.toBe("owned")
    await shop.query("UPDATE customer SET first_name = 'Clara'")
  })

  it("leads through fifty, the newest first", async () => {
    const { shop, staff } = scene()
    const [claim] = await shop.query<{ id: string }>(
      "SELECT id FROM order_claim"
    )
    await copyClaim(shop, claim!.id, 49, (n) => ({
      email: `guest-${n}@example.com`,
      status: n <= 3 ? "failed" : n <= 23 ? "confirmed" : "canceled",
      ...(n === 1 && openedAt("2026-01-15T12:00:00Z")),
    }))
    await staff.openClaims()
    await hasRows(20)
    await sees(scene(), "50 claims")
    await sees(scene(), "guest-49@example.com", rows().first())

    await button(scene(), "Older").click()
    await sees(scene(), "guest-29@example.com", rows().first())
    await button(scene(), "Older").click()
    await hasRows(10)
    expect(await button(scene(), "Older").isDisabled()).toBe(true)
    await button(scene(), "Newer").click()
    await sees(scene(), "guest-29@example.com", rows().first())
    await staff.page.goBack()
    await hasRows(10)
    await staff.reloadClaims()
    await hasRows(10)
  })

  it("shows at a glance how many failed, and only these", async () => {
    const { staff } = scene()
    await staff.openClaims()
    await hasRows(20)
    await tile("Email failed 3").click()
    await hasRows(3)
    expect(address().search).toBe("?status=failed")
    expect(await tile("Email failed").getAttribute("aria-pressed")).toBe("true")

    await tile("Confirmed 20").click()
    await hasRows(20)
    // Just a page, and no more.
    expect(await button(scene(), "Older").isDisabled()).toBe(true)
    await staff.page.goBack()
    await hasRows(3)
    await tile("Email failed").click()
    await hasRows(20)
  })

  it("finds an address, its beginning, and an order's number", async () => {
    const { shop, staff } = scene()
    await staff.openClaims()
    await search().fill("guest-4")
    await sees(scene(), "11 claims")
    await search().fill("GUEST-42@example.com")
    await hasRows(1)
    await staff.page.goBack()
    await sees(scene(), "50 claims")
    expect(await search().inputValue()).toBe("")

    const [order] = await shop.query<{ display_id: number }>(
      `SELECT display_id FROM "order"
       WHERE id = (SELECT order_ids[1] FROM order_claim LIMIT 1)`
    )
    await search().fill(`#${order!.display_id}`)
    await search().press("Enter")
    await sees(scene(), "50 claims")

    // Whom staff look for is in no address, which a server would log.
    await search().fill("guest-42@")
    await hasRows(1)
    expect(address().search).toBe("")
    await staff.reloadClaims()
    await hasRows(1)
    expect(await search().inputValue()).toBe("guest-42@")
    await button(scene(), "Clear filters").first().click()
    await sees(scene(), "50 claims")
  })

  it("filters by the day on which somebody asked", async () => {
    const { staff } = scene()
    await staff.openClaims()
    await staff.claimsPage.getByLabel("Asked until").fill("2026-01-31")
    await hasRows(1)
    await staff.claimsPage.getByLabel("Asked from").fill("2026-01-20")
    await sees(scene(), "No claims match these filters")
    expect(address().search).toBe("?from=2026-01-20&to=2026-01-31")

    await staff.reloadClaims()
    await sees(scene(), "No claims match these filters")
    await staff.claimsPage
      .getByRole("button", { name: "Clear filters" })
      .last()
      .click()
    await sees(scene(), "50 claims")
  })

  it("filters by a typed day as a whole, one step back from the list", async () => {
    const { staff } = scene()
    await staff.openClaims()
    await hasRows(20)
    const asked: string[] = []
    const listen = (request: { url(): string }) => asked.push(request.url())
    staff.page.on("request", listen)
    const until = staff.claimsPage.getByLabel("Asked until")
    await until.pressSequentially("01012026")
    await sees(scene(), "No claims match these filters")
    await until.fill("2026-01-31")
    await hasRows(1)
    staff.page.off("request", listen)

    const lists = asked.filter((url) => url.includes("/admin/order-claims?"))
    expect(lists).toHaveLength(2)
    expect(address().search).toBe("?to=2026-01-31")
    await staff.page.goBack()
    await hasRows(20)
    expect(await until.inputValue()).toBe("")
  })

  it("shows the notices that failed, and all claims again", async () => {
    const { shop, staff } = scene()
    await shop.query(
      `UPDATE order_claim SET failed_notices = '{claimant}', failed_at = now()
       WHERE email IN ('guest-10@example.com', 'guest-40@example.com')`
    )
    await staff.openClaims("?status=failed")
    await staff.claimsPage
      .getByText(/could not be emailed for 2 claims/)
      .waitFor()
    await button(scene(), "Show them").click()
    await hasRows(2)
    expect(address().search).toBe("?failed_notices=true")
    expect(await seriousIssues(staff.page, "main")).toEqual([])
    await staff.reloadClaims()
    await hasRows(2)

    await button(scene(), "Show all claims").click()
    await sees(scene(), "50 claims")
    expect(address().search).toBe("")
    await staff.page.goBack()
    await hasRows(2)
    await shop.query("UPDATE order_claim SET failed_notices = '{}'")
  })

  it("shows the whole reason, within the page", async () => {
    const { shop, staff } = scene()
    const response = `552 5.2.2 ${"x".repeat(90)} ${"mailbox full ".repeat(12)}end`
    await shop.query(
      `UPDATE order_claim SET deliveries =
         jsonb_set(deliveries, '{0,response}', to_jsonb($1::text))
       WHERE status = 'failed'`,
      [response]
    )
    await staff.openClaims("?status=failed")
    const reason = staff.claimsPage.getByText(response).first()
    await reason.waitFor()
    const [isWhole, isWithin] = await reason.evaluate((element) => {
      const fits = ({ scrollWidth, clientWidth }: Box) =>
        scrollWidth <= clientWidth
      const words = element as unknown as Words
      return [fits(words), fits(words.closest(".overflow-x-auto"))]
    })
    expect({ isWhole, isWithin }).toEqual({ isWhole: true, isWithin: true })
  })

  it("says that they are loading, and why they cannot be shown", async () => {
    const { staff } = scene()
    let answer = () => {}
    const asked = new Promise<void>((resolve) => (answer = resolve))
    await staff.page.route(LIST, async (route) => {
      await asked
      await route.fulfill({ status: 400, json: { message: "Out of order." } })
    })
    await staff.openClaims("?status=sent")
    await sees(scene(), "Loading the order claims")
    answer()
    await staff.claimsPage
      .getByText(/could not be loaded: Out of order/)
      .waitFor()
    await staff.page.unroute(LIST)

    await button(scene(), "Try again").click()
    await hasRows(1)
  })
}
