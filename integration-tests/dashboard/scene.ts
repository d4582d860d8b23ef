import type { Locator } from "playwright-core"
import type { LoggedIn, Shop, StaffBrowser } from "../stock-store"

/** A shop with the dashboard, staff at its screen, and a customer who asks. */
export interface Scene {
  shop: Shop
  staff: StaffBrowser
  clara: LoggedIn
}

/** The scene, once it is set: the tests are named before. */
export type TheScene = () => Scene

/** The plugin's part of the page: the widget, or the list of all claims. */
const partOf = ({ widget, claimsPage }: StaffBrowser): Locator =>
  widget.or(claimsPage)

/** Waits until the plugin's part of the page says so. */
export const sees = (
  { staff }: Scene,
  text: string | RegExp,
  where: Locator = partOf(staff)
): Promise<void> => where.getByText(text, { exact: true }).first().waitFor()

/** A button in the plugin's part of the page. */
export const button = (
  { staff }: Scene,
  name: string,
  where: Locator = partOf(staff)
): Locator => where.getByRole("button", { name, exact: true })

/** The dialog that is open. */
export const dialog = ({ staff }: Scene): Locator =>
  staff.page.getByRole("alertdialog")

/** Clicks a button, and then another one in the dialog that it opens. */
export async function clickAndAnswer(
  scene: Scene,
  name: string,
  answer: string,
  where?: Locator
): Promise<void> {
  await button(scene, name, where).click()
  await button(scene, answer, dialog(scene)).click()
}
