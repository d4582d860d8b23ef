import type { Browser } from "playwright-core"
import {
  claimById,
  claimedOrder,
  claimWithStatus,
  confirm,
  ask,
  expire,
  newestToken,
  ownerOf,
  withToken,
} from "./claims"
import {
  chromiumAvailable,
  declineUsageData,
  installDashboardStore,
  type LoggedIn,
  newShop,
  openDashboard,
  seriousIssues,
  type Shop,
  type StaffBrowser,
  startBrowser,
  theHarness,
  tokenIn,
} from "./stock-store"

jest.setTimeout(120_000)

const withChromium = chromiumAvailable() ? describe : describe.skip

withChromium("the admin dashboard", () => {
  let shop: Shop
  let browser: Browser
  let staff: StaffBrowser
  let clara: LoggedIn

  beforeAll(async () => {
    const folder = await installDashboardStore(theHarness().tarball)
    shop = await newShop({ folder, pluginOptions: { limits: false } })
    clara = await shop.registerCustomer({ email: "clara@example.com" })
    browser = await startBrowser()
    await declineUsageData(shop.url)
    staff = await openDashboard(browser, shop.url)
  }, 600_000)
  afterAll(async () => {
    await browser?.close()
    await shop?.close()
  })
  afterEach(() => expect(staff.troubles()).toEqual([]))

  const button = (name: string) =>
    staff.widget.getByRole("button", { name, exact: true })
  const seesInWidget = (text: string) =>
    staff.widget.getByText(text, { exact: true }).first().waitFor()

  describe("on an order's timeline", () => {
    it("re-sends the mail with a fresh link", async () => {
      const email = "greta@example.com"
      const { order, token } = await claimedOrder(shop, clara, email)
      await staff.openOrder(order.id)
      await staff.resendFromTimeline()
      await staff.seesNotice(/re-send to greta@example.com/)

      const [, second] = await shop.mail.waitForMails(2, { to: email })
      expect((await confirm(shop, token)).body.code).toBe(
        "order_claim_superseded"
      )
      expect((await confirm(shop, tokenIn(second!))).status).toBe(200)
    })

    it("re-sends it to the address that is typed", async () => {
      const { order } = await claimedOrder(shop, clara, "typo@exmaple.com")
      await staff.openOrder(order.id)
      await staff.resendFromTimeline("typo@example.com")

      const [mail] = await shop.mail.waitForMails(1, { to: "typo@example.com" })
      expect((await confirm(shop, tokenIn(mail!))).status).toBe(200)
    })

    it("says why it does not", async () => {
      const { order, token } = await claimedOrder(shop, clara, "ok@example.com")
      await staff.openOrder(order.id)
      await confirm(shop, token)
      await staff.resendFromTimeline()

      await staff.seesNotice(
        "This order claim has been confirmed: there is nothing left to mail."
      )
    })
  })

  describe("shows the claims of an order and", () => {
    it("nothing for an order that nobody has asked for", async () => {
      const { id } = await shop.placeGuestOrder({ email: "left@example.com" })
      await staff.openOrder(id)

      expect(await staff.widget.count()).toBe(0)
    })

    it("who asks, where the mail went, and what the mail server said", async () => {
      const { order } = await claimedOrder(shop, clara, "gina@example.com")
      await staff.openOrder(order.id)

      await seesInWidget("Waiting for confirmation")
      await seesInWidget("gina@example.com")
      await seesInWidget("250 OK: message queued")
      await staff.widget.getByText("Clara Customer").waitFor()
      await staff.widget
        .getByRole("link", { name: "clara@example.com" })
        .click()
      await staff.page.waitForURL(`**/a/customers/${clara.customer.id}`)
    })

    it.each([
      ["pending", "Waiting to be mailed again"],
      ["sent", "Waiting for confirmation"],
      ["confirmed", "Confirmed"],
      ["reverted", "Given back"],
      ["declined", "Declined"],
      ["canceled", "Canceled"],
      ["failed", "Mailing failed"],
      ["throttled", "Not mailed: over the limit"],
      ["ineligible", "Not mailed: cannot be claimed"],
    ])("that one is %s, for everybody to read", async (status, words) => {
      const email = `${status}@example.com`
      const { order, claim } = await claimedOrder(shop, clara, email)
      await shop.query(
        "UPDATE order_claim SET status = $1, next_attempt_at = NULL WHERE id = $2",
        [status, claim.id]
      )
      await staff.openOrder(order.id)

      await seesInWidget(words)
      expect(
        await seriousIssues(staff.page, "[aria-labelledby=order-claims]")
      ).toEqual([])
    })

    it("that a link has expired", async () => {
      const { order, claim } = await claimedOrder(shop, clara, "ex@example.com")
      await expire(shop, claim.id)
      await staff.openOrder(order.id)

      await seesInWidget("Expired")
    })

    it("when a mail that had to wait is sent", async () => {
      const { id } = await shop.placeGuestOrder({ email: "slow@example.com" })
      shop.mail.onRcpt = () => ({ code: 451, message: "greylisted" })
      await ask(shop, clara, [id])
      await staff.openOrder(id)
      await seesInWidget("Waiting to be mailed again")
      await staff.widget.getByText("greylisted").waitFor()

      shop.mail.onRcpt = undefined
      await seesInWidget("Waiting for confirmation")
    })

    it("why they cannot be shown", async () => {
      const { order } = await claimedOrder(shop, clara, "err@example.com")
      const path = "**/admin/order-claims?*"
      await staff.page.route(path, (route) =>
        route.fulfill({ status: 400, json: { message: "Out of order." } })
      )
      await staff.openOrder(order.id)
      await staff.widget
        .getByText(/could not be loaded: Out of order/)
        .waitFor()
      await staff.page.unroute(path)
    })
  })

  describe("shows the claims of an order, and there", () => {
    it("resends what the mail server had refused", async () => {
      const email = "full@example.com"
      const { id } = await shop.placeGuestOrder({ email })
      shop.mail.onRcpt = () => ({ code: 552, message: "mailbox full" })
      const claim = await ask(shop, clara, [id])
      await claimWithStatus(shop, "failed")
      await staff.openOrder(id)
      await seesInWidget("Mailing failed")

      await button("Resend").click()
      await staff.seesNotice(/mailbox full/)
      shop.mail.onRcpt = undefined
      await button("Resend").click()
      await staff.seesNotice("full@example.com has a fresh link now.")
      await seesInWidget("Waiting for confirmation")
      const token = await newestToken(shop, claim.id)
      expect((await confirm(shop, token)).status).toBe(200)
    })

    it("says why it does not resend", async () => {
      const email = "late@example.com"
      const { order, token } = await claimedOrder(shop, clara, email)
      await staff.openOrder(order.id)
      await confirm(shop, token)

      await button("Resend").click()
      await staff.seesNotice(/has been confirmed/)
      await seesInWidget("Confirmed")
      expect(await button("Resend").count()).toBe(0)
    })

    it("cancels one, if that is meant", async () => {
      const email = "off@example.com"
      const { order, claim, token } = await claimedOrder(shop, clara, email)
      await staff.openOrder(order.id)
      const prompt = staff.page.getByRole("alertdialog")

      await button("Cancel").click()
      await prompt.getByRole("button", { name: "Back" }).click()
      expect((await claimById(shop, claim.id)).status).toBe("sent")
      await button("Cancel").click()
      await prompt.getByRole("button", { name: "Cancel the claim" }).click()
      await staff.seesNotice("Order claim canceled")
      await seesInWidget("Canceled")
      expect((await confirm(shop, token)).body.code).toBe(
        "order_claim_canceled"
      )
    })

    it("gives back what was confirmed by mistake, and lifts the block", async () => {
      const email = "oops@example.com"
      const { order, token } = await claimedOrder(shop, clara, email)
      await confirm(shop, token)
      const claimants = await ownerOf(shop, order.id)
      expect(claimants.customer_id).toBe(clara.customer.id)
      await staff.openOrder(order.id)
      await staff.widget.getByText(/, by the recipient$/).waitFor()
      const prompt = staff.page.getByRole("alertdialog")

      await button("Give back").click()
      await prompt.getByRole("button", { name: "Keep them there" }).click()
      expect(await ownerOf(shop, order.id)).toEqual(claimants)
      await button("Give back").click()
      await prompt.getByRole("button", { name: "Give them back" }).click()
      await staff.seesNotice("They belong to oops@example.com again.")
      await staff.widget.getByText(/, by the shop's staff$/).waitFor()
      expect(await ownerOf(shop, order.id)).toEqual({
        customer_id: order.customer_id,
        email,
      })

      await button("Lift block").click()
      await prompt.getByRole("button", { name: "Lift the block" }).click()
      await staff.seesNotice("Block lifted")
      await seesInWidget("Canceled")
    })

    it("lifts a decline", async () => {
      const email = "no@example.com"
      const { order, token } = await claimedOrder(shop, clara, email)
      await withToken(shop, "decline", token)
      await staff.openOrder(order.id)

      await button("Lift decline").click()
      await staff.page
        .getByRole("alertdialog")
        .getByRole("button", { name: "Lift the decline" })
        .click()
      await staff.seesNotice("Decline lifted")
      await seesInWidget("Canceled")
      const again = await ask(shop, clara, [order.id])
      expect(again.status).not.toBe("ineligible")
    })
  })
})
