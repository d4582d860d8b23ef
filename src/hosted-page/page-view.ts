import type { Question } from "../actions/examine"
import { BrandSettings, BrandView, brandView } from "../email/brand-view"
import { countOrders, OrderView, orderView } from "../email/order-view"
import { PersonView, personView } from "../email/person-view"
import { formatMoment } from "../texts/dates"
import { directionOf } from "../texts/locale"
import type { Texts } from "../texts/texts"
import { Action, MAX_PASSWORD_LENGTH, PageState } from "./page-state"

/** The view of the page's template: finished text, still to be escaped. */
export interface PageView {
  locale: string
  dir: "ltr" | "rtl"
  brand: BrandView
  heading: string
  text: string
  question: QuestionView | undefined
  /** The field for the password of the account that asks. */
  password: PasswordView | undefined
  /** Said in place of that field if the account has no password. */
  elsewhere: { heading: string; text: string } | undefined
  /** The buttons of the form; empty if there is nothing to do. */
  buttons: ButtonView[]
  token: string
  to_shop: string
  questions: string
}

interface QuestionView {
  intro: string
  claimant: PersonView
  orders: OrderView[]
  more_orders: string
  until: string
}

interface PasswordView {
  label: string
  hint: string
  /** Empty unless the password was wrong. */
  error: string
  max_length: number
}

interface ButtonView {
  action: Action
  label: string
  /** True for the likeliest: it stands out. */
  is_main: boolean
  /** True if it needs no password. */
  skips_password: boolean
}

/** The facts that the page's view is made from. */
export interface PageFacts {
  state: PageState
  /** Set for an open claim, and for one that can be taken back. */
  question?: Question
  /** The token that the buttons post; without it there are none. */
  token: string
  /** The action that the link names, or that the reader has tried. */
  action?: Action
  /** True if the password that was posted is not the account's. */
  isPasswordWrong?: boolean
  locale: string
  brand: BrandSettings
  storeName: string | undefined
}

/** Makes the view. Names and titles, which people wrote, are sanitized. */
export function pageView(facts: PageFacts, t: Texts): PageView {
  const { state, question, locale, token } = facts
  const login = loginOf(facts)
  return {
    locale,
    dir: directionOf(locale),
    brand: brandView(facts.brand, facts.storeName),
    ...(question ? questionTexts(facts, question, t) : stateTexts(state, t)),
    question: question && questionView(textsOf(facts), question, locale, t),
    password: login === "password" ? passwordView(facts, t) : undefined,
    elsewhere: login === "elsewhere" ? stateTexts("login", t) : undefined,
    buttons: token ? buttons(facts, login, t) : [],
    token,
    to_shop: t("page.to_shop"),
    questions: t("questions"),
  }
}

/** The way in which the reader logs in, if that is needed. */
type Login = "password" | "elsewhere" | undefined

function loginOf({ state, question }: PageFacts): Login {
  if (!question) return undefined
  // Asked for once, it is asked for until the answer, whatever the claimant does.
  const isNeeded = question.loginRequired || state === "login"
  if (!isNeeded) return undefined
  return question.hasPassword ? "password" : "elsewhere"
}

function passwordView({ isPasswordWrong }: PageFacts, t: Texts): PasswordView {
  return {
    label: t("page.password.label"),
    hint: t("page.password.hint"),
    error: isPasswordWrong ? t("page.password.wrong") : "",
    max_length: MAX_PASSWORD_LENGTH,
  }
}

/** The key of the question's texts. */
function textsOf({ state }: PageFacts): string {
  return state === "revertable" ? "page.revertable" : "page"
}

function questionTexts(
  facts: PageFacts,
  { orders, orderCount }: Question,
  t: Texts
) {
  const what = countOrders(orders, orderCount)
  return { heading: t(`${textsOf(facts)}.heading`, what), text: "" }
}

function stateTexts(state: PageState, t: Texts) {
  // The text of an expired link offers a new one: there is none to take orders back.
  if (state === "late") return { heading: t("page.expired.heading"), text: "" }
  const told = state === "locked" ? "expired" : state
  return {
    heading: t(`page.${state}.heading`),
    text: t(`page.${told}.text`),
  }
}

function questionView(
  texts: string,
  { orders, orderCount, claimant, expiresAt }: Question,
  locale: string,
  t: Texts
): QuestionView {
  const count = orderCount - orders.length
  return {
    intro: t(`${texts}.intro`),
    claimant: personView(claimant),
    orders: orders.map((order) => orderView(order, locale, t)),
    more_orders: count > 0 ? t("more_orders", { count }) : "",
    until: t(`${texts}.until`, { moment: formatMoment(expiresAt, locale) }),
  }
}

function buttons(facts: PageFacts, login: Login, t: Texts): ButtonView[] {
  const { state, question } = facts
  const what = question && countOrders(question.orders, question.orderCount)
  const label = (each: Action) => t(`page.${each}`, { ...what })
  const likely = offered(facts)
  // The Enter key in the field presses the first button: it must not decline.
  const actions = login === "password" ? ASKED : likely
  return actions
    .filter((each) => each !== "confirm" || login !== "elsewhere")
    .map((each) => ({
      action: each,
      label: state === "failed" ? t("page.again") : label(each),
      is_main: each === likely[0],
      skips_password: login === "password" && each !== "confirm",
    }))
}

/** The actions of a question. */
const ASKED: Action[] = ["confirm", "decline"]

/** Selects the actions that the page offers, the likeliest first. */
function offered({ state, question, action }: PageFacts): Action[] {
  if (state === "revertable") return ["revert"]
  if (question) return action === "decline" ? ["decline", "confirm"] : ASKED
  if (state === "expired" || state === "locked") return ["renew", "decline"]
  return state === "failed" && action ? [action] : []
}
