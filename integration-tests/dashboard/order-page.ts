import { confirm, expire, withToken } from "../claims"
import { seriousIssues } from "../stock-store"
import { askedFor, claimed } from "./claimed"
import { copyClaim } from "./copy-claim"
import { button, clickAndAnswer, sees, type TheScene } from "./scene"

const LIST = "**/admin/order-claims?*"

/** The widget, as far as it shows something. */
export function showsTheClaimsOfAnOrder(scene: TheScene): void {
  const claim = (email: string) => claimed(scene(), email)

  it("nothing for an account's order that nobody has asked for", async () => {
    const { shop, staff, clara } = scene()
    const { id } = await shop.guestOrder("own@example.com")
    await shop.query('UPDATE "order" SET customer_id = $2 WHERE id = $1', [
      id,
      clara.customer.id,
    ])
    await staff.openOrderUntil(id, staff.page.getByText("Timeline"))
    await staff.page.waitForLoadState("networkidle")

    expect(await staff.widget.count()).toBe(0)
  })

  it("that nobody has asked for a guest's order", async () => {
    const { shop, staff } = scene()
    const { id } = await shop.guestOrder("left@example.com")
    await staff.openOrder(id)

    await sees(scene(), "Nobody has asked for this order.")
  })

  it("who asks, where the mail went, and what the mail server said", async () => {
    const { staff, clara } = scene()
    const { order } = await claim("gina@example.com")
    await staff.openOrder(order.id)

    await sees(scene(), "Waiting for confirmation")
    await sees(scene(), "gina@example.com")
    await sees(scene(), "250 OK: message queued")
    await sees(scene(), "order-update-token.created")
    await staff.widget.getByText("Clara Customer").waitFor()
    await staff.widget.getByRole("link", { name: "clara@example.com" }).click()
    await staff.page.waitForURL(`**/a/customers/${clara.customer.id}`)
  })

  it("the status of each, for everybody to read", async () => {
    const { shop, staff } = scene()
    const { order, claimId } = await claim("any-status@example.com")
    const words = {
      pending: "Waiting to be emailed again",
      confirmed: "Confirmed",
      reverted: "Given back",
      declined: "Declined",
      canceled: "Canceled",
      failed: "Email failed",
      throttled: "Not emailed: over the limit",
      ineligible: "Not emailed: cannot be claimed",
    }
    const statuses = Object.keys(words)
    await copyClaim(shop, claimId, statuses.length, (n) => ({
      status: statuses[n - 1]!,
    }))
    await staff.openOrder(order.id)

    // the newest first
    const shown = [
      "Waiting for confirmation",
      ...Object.values(words),
    ].reverse()
    const claims = staff.widget.getByRole("article")
    for (const [place, text] of shown.entries()) {
      await sees(scene(), text, claims.nth(place))
    }
    expect(
      await seriousIssues(staff.page, "[aria-labelledby=order-claims]")
    ).toEqual([])
  })

  it("that a link has expired", async () => {
    const { shop, staff } = scene()
    const { order, claimId } = await claim("ex@example.com")
    await expire(shop, claimId)
    await staff.openOrder(order.id)

    await sees(scene(), "Expired")
  })

  it("that a decline was lifted, and by whom", async () => {
    const { shop, staff } = scene()
    const { order, token } = await claim("lifted@example.com")
    await withToken(shop, "decline", token)
    await staff.openOrder(order.id)
    await staff.widget.getByText(/, by the recipient$/).waitFor()

    await clickAndAnswer(scene(), "Lift decline", "Lift the decline")
    await sees(scene(), "Canceled")
    await sees(scene(), "Declined")
    await staff.widget.getByText(/, by the recipient$/).waitFor()
    await sees(scene(), "Block lifted")
    await staff.widget
      .getByText(/by the shop's staff \(.*admin@medusa-test\.com\)$/)
      .waitFor()
  })

  it("mails with a link and notices apart", async () => {
    const { shop, staff } = scene()
    const { order, token } = await claim("twice@example.com")
    await confirm(shop, token)
    await shop.mail.waitForMails(2, { to: "twice@example.com" })
    await staff.openOrder(order.id)

    const facts = staff.widget.locator("dl")
    await sees(scene(), "1 attempt", facts)
    await sees(scene(), "2 attempts", facts)
  })

  it("when a mail that had to wait is sent", async () => {
    const { shop, staff } = scene()
    shop.mail.onRcpt = () => ({ code: 451, message: "greylisted" })
    const { order } = await askedFor(scene(), "slow@example.com")
    await staff.openOrder(order.id)
    await sees(scene(), "Waiting to be emailed again")
    await staff.widget.getByText("greylisted").waitFor()

    shop.mail.onRcpt = undefined
    await sees(scene(), "Waiting for confirmation")
  })

  it("the older ones on demand", async () => {
    const { shop, staff } = scene()
    const { order, claimId } = await claim("often@example.com")
    await copyClaim(shop, claimId, 12, () => ({ status: "canceled" }))
    await staff.openOrder(order.id)
    const items = staff.widget.getByRole("article")
    await items.nth(9).waitFor()
    expect(await items.count()).toBe(10)

    await button(scene(), "Show older claims").click()
    await items.nth(12).waitFor()
    await button(scene(), "Show older claims").waitFor({ state: "hidden" })
  })

  it("that they are loading, and why they cannot be shown", async () => {
    const { staff } = scene()
    const { order } = await claim("err@example.com")
    let answer = () => {}
    const asked = new Promise<void>((resolve) => (answer = resolve))
    await staff.page.route(LIST, async (route) => {
      await asked
      await route.fulfill({ status: 400, json: { message: "Out of order." } })
    })
    await staff.openOrderUntil(
      order.id,
      staff.widget.getByText("Loading the order claims")
    )
    answer()
    await staff.widget.getByText(/could not be loaded: Out of order/).waitFor()
    await staff.page.unroute(LIST)

    await button(scene(), "Try again").click()
    await sees(scene(), "Waiting for confirmation")
  })
}
