import type { ClaimSubject, Question } from "../actions/examine"
import {
  brandName,
  BrandSettings,
  BrandView,
  brandView,
} from "../email/brand-view"
import { countOrders, OrderView, orderView } from "../email/order-view"
import { isolated } from "../email/bidi"
import { DeadlineView, deadlineView } from "../email/moment-view"
import { ClaimantView, claimantView } from "../email/claimant-view"
import { formatDay } from "../texts/dates"
import { directionOf } from "../texts/locale"
import type { Texts } from "../texts/texts"
import { Action, MAX_PASSWORD_LENGTH, PageState } from "./page-state"

/** The view of the page's template: finished text, still to be escaped. */
export interface PageView {
  locale: string
  dir: "ltr" | "rtl"
  /** The name is empty if it is not known. */
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
  claimant: ClaimantView
  orders: OrderView[]
  more_orders: string
  /** The changes that a yes brings; empty if it adds to an account with the reader's address. */
  changes: string
  expires: DeadlineView
  expiry: string
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
  /** The claim and its orders, if there is a claim. */
  subject?: ClaimSubject
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
  const { question, locale, token } = facts
  const login = loginOf(facts)
  return {
    locale,
    dir: directionOf(locale),
    brand: {
      ...brandView(facts.brand, facts.storeName),
      name: brandName(facts.brand, facts.storeName),
    },
    ...(question ? questionTexts(facts, question, t) : stateTexts(facts, t)),
    question: question && questionView(facts, question, t),
    password: login === "password" ? passwordView(facts, t) : undefined,
    elsewhere:
      login === "elsewhere" ? stateTexts({ state: "login" }, t) : undefined,
    buttons: token ? buttons(facts, login, t) : [],
    token,
    to_shop: t("page.to_shop"),
    questions: facts.brand.support_email
      ? t("questions", { email: isolated(facts.brand.support_email, locale) })
      : "",
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

/** The key of the question's texts: those of the mail with the link, if it asks for a yes. */
function textsOf({ state }: PageFacts, { ownAddress }: Question): string {
  if (state === "revertable") return "page.revertable"
  return ownAddress ? "request.own" : "request"
}

function questionTexts(facts: PageFacts, question: Question, t: Texts) {
  const what = countOrders(question.orders, question.orderCount)
  return { heading: t(`${textsOf(facts, question)}.heading`, what), text: "" }
}

function stateTexts(
  { state, subject }: Pick<PageFacts, "state" | "subject">,
  t: Texts
) {
  // The text of an expired link offers a new one: there is none to take orders back.
  if (state === "late") return { heading: t("page.expired.heading"), text: "" }
  const told = state === "locked" ? "expired" : state
  return {
    heading: t(`page.${state}.heading`),
    text: t(
      `page.${told}.text`,
      subject?.orderIds.length === 1 ? { context: "single" } : undefined
    ),
  }
}

function questionView(
  facts: PageFacts,
  question: Question,
  t: Texts
): QuestionView {
  const { locale } = facts
  const { orders, orderCount, ownAddress, expiresAt } = question
  const texts = textsOf(facts, question)
  const what = countOrders(orders, orderCount)
  const claimant = claimantView(question.claimant, ownAddress, locale, t)
  const date = formatDay(question.claimant.created_at, locale)
  const count = orderCount - orders.length
  const expires = deadlineView(new Date(), expiresAt, locale, t)
  return {
    intro: t(`${texts}.intro`, { ...what, claimant: claimant.label, date }),
    claimant,
    orders: orders.map((order) => orderView(order, locale, t)),
    more_orders: count > 0 ? t("more_orders", { count }) : "",
    changes: texts === "request.own" ? "" : t(`${texts}.changes`, what),
    expires,
    expiry: t("expiry", { duration: expires.in, moment: expires.moment }),
  }
}

function buttons(facts: PageFacts, login: Login, t: Texts): ButtonView[] {
  const { state, question } = facts
  const what = question && countOrders(question.orders, question.orderCount)
  const label = (each: Action) => t(labelKey(each, facts), { ...what })
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

function labelKey(action: Action, { question, subject }: PageFacts): string {
  if (action === "confirm") return "request.button"
  // Such a page does not say that anybody asked: only the account can be denied.
  const isOwn = question?.ownAddress ?? subject?.ownAddress
  return action === "decline" && isOwn ? "page.own.decline" : `page.${action}`
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
