import type { Browser } from "playwright-core"
import { campaign } from "./campaign"
import { claimedOrder, confirm } from "./claims"
import { showsAllClaims } from "./dashboard/claims-page"
import { actsOnAllClaims } from "./dashboard/claims-page-actions"
import { showsManyClaims } from "./dashboard/many-claims"
import { actsOnTheClaimsOfAnOrder } from "./dashboard/order-actions"
import { showsTheClaimsOfAnOrder } from "./dashboard/order-page"
import {
  chromiumAvailable,
  declineUsageData,
  installDashboardStore,
  type LoggedIn,
  newShop,
  openDashboard,
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
  }, 1_800_000)
  afterAll(async () => {
    await browser?.close()
    await shop?.close()
  })
  afterEach(() => expect(staff.troubles()).toEqual([]))

  const scene = () => ({ shop, staff, clara })

  // first, while the shop has no claims
  describe("has a page of all claims that", () => showsAllClaims(scene))
  describe("has a page of all claims that", () => actsOnAllClaims(scene))

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

  describe("shows the claims of an order and", () =>
    showsTheClaimsOfAnOrder(scene))
  describe("shows the claims of an order, and there", () =>
    actsOnTheClaimsOfAnOrder(scene))

  if (campaign(0, 1)) {
    describe("has a page of 100,000 claims that", () => showsManyClaims(scene))
  }
})
