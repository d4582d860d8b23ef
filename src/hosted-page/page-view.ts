import type { Question } from "../actions/examine"
import { BrandSettings, BrandView, brandView } from "../email/brand-view"
import { countOrders, OrderView, orderView } from "../email/order-view"
import { PersonView, personView } from "../email/person-view"
import { formatMoment } from "../texts/dates"
import { directionOf } from "../texts/locale"
import type { Texts } from "../texts/texts"
import type { Action, PageState } from "./page-state"

/** The view of the page's template: finished text, still to be escaped. */
export interface PageView {
  locale: string
  dir: "ltr" | "rtl"
  brand: BrandView
  heading: string
  text: string
  question: QuestionView | undefined
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

interface ButtonView {
  action: Action
  label: string
  is_first: boolean
}

/** The facts that the page's view is made from. */
export interface PageFacts {
  state: PageState
  /** Set for an open claim. */
  question?: Question
  /** The token that the buttons post; without it there are none. */
  token: string
  /** The action that the link names, or that the reader has tried. */
  action?: Action
  locale: string
  brand: BrandSettings
  storeName: string | undefined
}

/** Makes the view. Names and titles, which people wrote, are sanitized. */
export function pageView(facts: PageFacts, t: Texts): PageView {
  const { state, question, locale, token } = facts
  return {
    locale,
    dir: directionOf(locale),
    brand: brandView(facts.brand, facts.storeName),
    ...(question ? questionTexts(question, t) : stateTexts(state, t)),
    question: question && questionView(question, locale, t),
    buttons: token ? buttons(facts, t) : [],
    token,
    to_shop: t("page.to_shop"),
    questions: t("questions"),
  }
}

function questionTexts({ orders, orderCount }: Question, t: Texts) {
  const what = countOrders(orders, orderCount)
  return { heading: t("page.heading", what), text: "" }
}

function stateTexts(state: PageState, t: Texts) {
  return {
    heading: t(`page.${state}.heading`),
    text: t(`page.${state}.text`),
  }
}

function questionView(
  { orders, orderCount, claimant, expiresAt }: Question,
  locale: string,
  t: Texts
): QuestionView {
  const count = orderCount - orders.length
  return {
    intro: t("page.intro"),
    claimant: personView(claimant),
    orders: orders.map((order) => orderView(order, locale, t)),
    more_orders: count > 0 ? t("more_orders", { count }) : "",
    until: t("page.until", { moment: formatMoment(expiresAt, locale) }),
  }
}

function buttons(
  { state, question, action }: PageFacts,
  t: Texts
): ButtonView[] {
  const label = (each: Action) =>
    each === "confirm" && question
      ? t("page.confirm", countOrders(question.orders, question.orderCount))
      : t(`page.${each}`)
  return offered(state, action).map((each, index) => ({
    action: each,
    label: state === "failed" ? t("page.again") : label(each),
    is_first: index === 0,
  }))
}

/** Selects the actions that the page offers, the likeliest first. */
function offered(state: PageState, action: Action | undefined): Action[] {
  if (state === "open" && action === "decline") return ["decline", "confirm"]
  if (state === "open") return ["confirm", "decline"]
  if (state === "expired") return ["renew", "decline"]
  return state === "failed" && action ? [action] : []
}
