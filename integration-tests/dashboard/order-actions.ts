import {
  ask,
  claimById,
  confirm,
  newestToken,
  ownerOf,
  withToken,
} from "../claims"
import { tokenIn } from "../stock-store"
import { askedFor, claimed } from "./claimed"
import { button, clickAndAnswer, dialog, sees, type TheScene } from "./scene"

/** The widget's buttons. */
export function actsOnTheClaimsOfAnOrder(scene: TheScene): void {
  const claim = (email: string) => claimed(scene(), email)

  it("resends what the mail server had refused", async () => {
    const { shop, staff } = scene()
    shop.mail.onRcpt = () => ({ code: 552, message: "mailbox full" })
    const { order, claimId } = await askedFor(scene(), "full@example.com")
    await staff.openOrder(order.id)
    await sees(scene(), "Email failed")

    await clickAndAnswer(scene(), "Resend", "Send the email")
    await staff.seesNotice(/mailbox full/)
    shop.mail.onRcpt = undefined
    await clickAndAnswer(scene(), "Resend", "Send the email")
    await staff.seesNotice("full@example.com has a new link.")
    await sees(scene(), "Waiting for confirmation")
    const token = await newestToken(shop, claimId)
    expect((await confirm(shop, token)).status).toBe(200)
  })

  it("says why it does not resend", async () => {
    const { shop, staff } = scene()
    const { order, token } = await claim("late@example.com")
    await staff.openOrder(order.id)
    await confirm(shop, token)

    await clickAndAnswer(scene(), "Resend", "Send the email")
    await staff.seesNotice(/has been confirmed/)
    await sees(scene(), "Give back")
    expect(await button(scene(), "Resend").count()).toBe(0)
  })

  it("cancels one, if that is meant", async () => {
    const { shop, staff } = scene()
    const { order, claimId, token } = await claim("off@example.com")
    await staff.openOrder(order.id)

    await clickAndAnswer(scene(), "Cancel", "Back")
    expect((await claimById(shop, claimId)).status).toBe("sent")
    await clickAndAnswer(scene(), "Cancel", "Cancel the claim")
    await staff.seesNotice("Order claim canceled")
    await sees(scene(), "Canceled")
    expect((await confirm(shop, token)).body.code).toBe("order_claim_canceled")
  })

  it("closes a dialog on Esc, and stays on the page", async () => {
    const { shop, staff } = scene()
    const { order, claimId } = await claim("esc@example.com")
    await staff.openOrder(order.id)
    const { page } = staff

    for (const name of ["Cancel", "Resend", "Ask the owner"]) {
      await button(scene(), name).click()
      await dialog(scene()).waitFor()
      await page.keyboard.press("Escape")
      await dialog(scene()).waitFor({ state: "hidden" })
      expect(page.url()).toContain(order.id)
      const focused = page.locator(":focus")
      expect(await focused.textContent()).toBe(name)
    }
    expect((await claimById(shop, claimId)).status).toBe("sent")
    // The dashboard's own shortcut, which only the dialogs hold back.
    await page.keyboard.press("Escape")
    await page.waitForURL(/\/a\/orders\b(?!\/)/)
  })

  it("gives back what was confirmed by mistake, and lifts the block", async () => {
    const { shop, staff, clara } = scene()
    const email = "oops@example.com"
    const { order, token } = await claim(email)
    await confirm(shop, token)
    const claimants = await ownerOf(shop, order.id)
    expect(claimants.customer_id).toBe(clara.customer.id)
    await staff.openOrder(order.id)
    await staff.widget.getByText(/, by the recipient$/).waitFor()

    await clickAndAnswer(scene(), "Give back", "Keep them there")
    expect(await ownerOf(shop, order.id)).toEqual(claimants)
    await clickAndAnswer(scene(), "Give back", "Give them back")
    await staff.seesNotice("They belong to oops@example.com again.")
    await staff.widget.getByText(/, by the shop's staff/).waitFor()
    expect(await ownerOf(shop, order.id)).toEqual({
      customer_id: order.customer_id,
      email,
    })

    await clickAndAnswer(scene(), "Lift block", "Lift the block")
    await staff.seesNotice("Block lifted")
    await sees(scene(), "Canceled")
  })

  it("says so if nothing could be given back", async () => {
    const { shop, staff } = scene()
    const { order, claimId, token } = await claim("stays@example.com")
    await confirm(shop, token)
    await shop.query(`UPDATE "order" SET status = 'canceled' WHERE id = $1`, [
      order.id,
    ])
    await staff.openOrder(order.id)
    await clickAndAnswer(scene(), "Give back", "Give them back")
    await staff.seesNotice(/^None of these orders could go back: /)
    expect((await claimById(shop, claimId)).status).toBe("reverted")
  })

  it("lifts a decline", async () => {
    const { shop, staff, clara } = scene()
    const { order, token } = await claim("no@example.com")
    await withToken(shop, "decline", token)
    await staff.openOrder(order.id)

    await clickAndAnswer(scene(), "Lift decline", "Lift the decline")
    await staff.seesNotice("Decline lifted")
    await sees(scene(), "Canceled")
    const again = await ask(shop, clara, [order.id])
    expect(again.status).not.toBe("ineligible")
  })

  it("asks the owner on a customer's behalf", async () => {
    const { shop, staff, clara } = scene()
    const email = "owner@example.com"
    const { id } = await shop.guestOrder(email)
    await staff.openOrder(id)
    await button(scene(), "Ask the owner").click()
    const form = dialog(scene())
    const send = button(scene(), "Ask the owner", form)
    const field = form.getByLabel("Find the customer by name or email address")

    await field.fill("nobody@example.com")
    await form.getByText("No account matches.").waitFor()
    expect(await send.isDisabled()).toBe(true)
    await field.fill("Customer clara")
    await form.getByLabel("Clara Customer, clara@example.com").check()
    await send.click()
    await staff.seesNotice(`${email} will get an email with a link.`)

    await sees(scene(), "Waiting for confirmation")
    await staff.widget.getByText(/admin@medusa-test\.com$/).waitFor()
    const [mail] = await shop.mail.waitForMails(1, { to: email })
    expect((await confirm(shop, tokenIn(mail!))).status).toBe(200)
    expect((await ownerOf(shop, id)).customer_id).toBe(clara.customer.id)
  })

  it("says that the owner was asked already", async () => {
    const { shop, staff } = scene()
    const email = "twice-asked@example.com"
    const { order } = await claim(email)
    await staff.openOrder(order.id)
    await button(scene(), "Ask the owner").click()
    const form = dialog(scene())
    await form.getByRole("textbox").fill("clara")
    await form.getByRole("radio").check()
    await button(scene(), "Ask the owner", form).click()

    await staff.seesNotice(/was asked on .* choose "Resend"\.$/)
    await form.waitFor({ state: "hidden" })
    expect(await staff.widget.getByRole("article").count()).toBe(1)
    expect(await shop.mail.waitForMails(1, { to: email })).toHaveLength(1)
  })

  it("says that more customers match than it shows", async () => {
    const { shop, staff } = scene()
    await shop.query(
      `INSERT INTO customer (id, email, first_name, last_name, has_account)
       SELECT 'cus_many' || n, 'many-' || n || '@example.com', 'Many', 'Others', true
       FROM generate_series(1, 9) AS n`
    )
    const { id } = await shop.guestOrder("found@example.com")
    await staff.openOrder(id)
    await button(scene(), "Ask the owner").click()
    const form = dialog(scene())
    await form.getByRole("textbox").fill("many-")
    await form.getByText(/^There may be more\./).waitFor()
    expect(await form.getByRole("radio").count()).toBe(8)
    await form.getByRole("textbox").fill("many others")
    await form.getByText(/^There may be more\./).waitFor()
    await form.getByRole("textbox").fill("many-7@example.com")
    await form.getByLabel("Many Others, many-7@example.com").check()
    await button(scene(), "Back", form).click()
  })

  it("says why it does not ask", async () => {
    const { shop, staff, clara } = scene()
    const { order, token } = await claim("refused@example.com")
    await withToken(shop, "decline", token)
    await staff.openOrder(order.id)
    await button(scene(), "Ask the owner").click()
    const form = dialog(scene())
    await form.getByRole("textbox").fill("clara")
    await form.getByRole("radio").check()
    await button(scene(), "Ask the owner", form).click()

    await form.getByRole("alert").waitFor()
    expect(await form.getByRole("alert").textContent()).toMatch(/declined/)
    expect((await ownerOf(shop, order.id)).customer_id).not.toBe(
      clara.customer.id
    )
  })
}
