import { EventEmitter, once } from "node:events"
import type { Locator, Page, Route } from "playwright-core"
import { claimById, confirm, eventually, ownerOf, withToken } from "../claims"
import { seriousIssues, tokenIn } from "../stock-store"
import { askedFor, claimed } from "./claimed"
import { button, clickAndAnswer, dialog, sees, type TheScene } from "./scene"

/** The buttons on the page "Order claims". */
export function actsOnAllClaims(scene: TheScene): void {
  const claim = (email: string) => claimed(scene(), email)
  const rowOf = (email: string): Locator =>
    scene().staff.claimsPage.getByRole("row").filter({ hasText: email })

  it("resends and cancels from the row", async () => {
    const { shop, staff } = scene()
    const email = "row@example.com"
    const { token } = await claim(email)
    await staff.openClaims()
    const row = rowOf(email)

    await clickAndAnswer(scene(), "Resend", "Send the email", row)
    const [, fresh] = await shop.mail.waitForMails(2, { to: email })
    expect((await confirm(shop, token)).body.code).toBe(
      "order_claim_superseded"
    )
    await clickAndAnswer(scene(), "Cancel", "Cancel the claim", row)
    await sees(scene(), "Canceled", row)
    expect((await confirm(shop, tokenIn(fresh!))).body.code).toBe(
      "order_claim_canceled"
    )
    expect(await row.getByRole("button").count()).toBe(0)
  })

  it("gives back and lifts from the row", async () => {
    const { shop, staff } = scene()
    const email = "row-back@example.com"
    const { order, token } = await claim(email)
    await confirm(shop, token)
    await staff.openClaims()
    const row = rowOf(email)

    await clickAndAnswer(scene(), "Give back", "Give them back", row)
    await sees(scene(), "Given back", row)
    expect((await ownerOf(shop, order.id)).email).toBe(email)
    await clickAndAnswer(scene(), "Lift block", "Lift the block", row)
    await sees(scene(), "Canceled", row)
  })

  it("needs no mouse: Enter asks, Esc takes it back", async () => {
    const { shop, staff } = scene()
    const email = "keys@example.com"
    const { claimId, token } = await claim(email)
    await withToken(shop, "decline", token)
    await staff.openClaims()
    const lift = button(scene(), "Lift decline", rowOf(email))
    await lift.focus()
    await staff.page.keyboard.press("Enter")
    await dialog(scene()).waitFor()
    expect(await seriousIssues(staff.page, "[role=alertdialog]")).toEqual([])
    await staff.page.keyboard.press("Escape")
    await dialog(scene()).waitFor({ state: "hidden" })
    expect((await claimById(shop, claimId)).status).toBe("declined")

    // The focus is where it was; in the dialog it begins at "Back".
    await staff.page.keyboard.press("Enter")
    await dialog(scene()).waitFor()
    await staff.page.keyboard.press("Tab")
    await staff.page.keyboard.press("Enter")
    await sees(scene(), "Canceled", rowOf(email))
  })

  it("retries the emails that failed in a chosen time", async () => {
    const { shop, staff } = scene()
    const emails = [1, 2, 3].map((n) => `retry-${n}@example.com`)
    shop.mail.onRcpt = () => ({ code: 552, message: "mailbox full" })
    for (const email of emails) {
      const { claimId } = await askedFor(scene(), email)
      await eventually(
        async () => (await claimById(shop, claimId)).status === "failed",
        `${claimId} to fail`
      )
    }
    shop.mail.onRcpt = undefined
    await staff.openClaims("?q=retry-")
    await staff.claimsPage.getByText("mailbox full").nth(2).waitFor()

    const open = () => button(scene(), "Retry failed emails").click()
    const form = dialog(scene())
    await open()
    expect(await seriousIssues(staff.page, "[role=alertdialog]")).toEqual([])
    await form.getByLabel("Failed from").fill("2026-01-01T00:00")
    await form.getByLabel(/^Failed until/).fill("2026-01-02T00:00")
    await button(scene(), "Retry", form).click()
    await staff.seesNotice("Nothing to retry")

    await open()
    await button(scene(), "Retry", form).click()
    await staff.seesNotice("3 claims on the way")
    for (const email of emails) await shop.mail.waitForMails(1, { to: email })
    await staff.claimsPage
      .getByText("Waiting for confirmation", { exact: true })
      .nth(3)
      .waitFor()
  })

  it("stays open while it retries, so that its result is seen", async () => {
    const { staff } = scene()
    await staff.openClaims()
    await button(scene(), "Retry failed emails").click()
    const form = dialog(scene())
    const answer = await held(staff.page, "**/admin/order-claims/retry")
    await button(scene(), "Retry", form).click()
    await answer.asked
    await form.locator("button:disabled", { hasText: "Back" }).waitFor()
    await staff.page.keyboard.press("Escape")
    expect(await button(scene(), "Back", form).isDisabled()).toBe(true)
    expect(await form.isVisible()).toBe(true)

    answer.give({ json: { queued: 7, limited: 0, left: 0 } })
    await staff.seesNotice("7 claims on the way")
    await form.waitFor({ state: "hidden" })
  })

  it("says that a resend failed, though its row is gone", async () => {
    const { staff } = scene()
    const email = "row-gone@example.com"
    await claim(email)
    await staff.openClaims()
    await staff.claimsPage.getByLabel("Search").fill(email)
    await sees(scene(), "1 claim")
    const answer = await held(staff.page, "**/resend")
    await clickAndAnswer(scene(), "Resend", "Send the email", rowOf(email))
    await answer.asked
    await button(scene(), "Clear filters").first().click()
    await staff.claimsPage.getByRole("button", { name: /^Declined/ }).click()
    await rowOf(email).waitFor({ state: "detached" })

    answer.give({ status: 400, json: { message: "Mailbox full." } })
    await staff.seesNotice("Mailbox full.")
  })

  it("says why it does not retry", async () => {
    const { staff } = scene()
    await staff.openClaims()
    await button(scene(), "Retry failed emails").click()
    const form = dialog(scene())
    await form.getByLabel("Failed from").fill("")
    expect(await button(scene(), "Retry", form).isDisabled()).toBe(true)
    await form.getByLabel("Failed from").fill("20266-01-01T00:00")
    await sees(scene(), "Enter a valid date and time.", form)
    expect(await button(scene(), "Retry", form).isDisabled()).toBe(true)
    await form.getByLabel("Failed from").fill("2026-01-01T00:00")
    const path = "**/admin/order-claims/retry"
    await staff.page.route(path, (route) =>
      route.fulfill({ status: 400, json: { message: "Not now." } })
    )
    await button(scene(), "Retry", form).click()
    await sees(scene(), "Not now.", form)
    await staff.page.unroute(path)
    await button(scene(), "Back", form).click()
    await dialog(scene()).waitFor({ state: "hidden" })
  })
}

interface Answer {
  status?: number
  json: object
}

/** Holds back the answer to one request of the dashboard until the test gives it. */
async function held(page: Page, url: string) {
  const events = new EventEmitter()
  const asked = once(events, "asked")
  const answered = once(events, "answered") as Promise<[Answer]>
  const hold = async (route: Route) => {
    events.emit("asked")
    const [answer] = await answered
    await route.fulfill(answer)
  }
  await page.route(url, hold, { times: 1 })
  return {
    asked,
    give: (answer: Answer) => void events.emit("answered", answer),
  }
}
