import type { Question } from "../actions/examine"
import type { PageState } from "../hosted-page/page-state"
import type { PageFacts } from "../hosted-page/page-view"
import { EXAMPLE_CLAIM } from "./example-storefront"
import { ExampleSetup, facts as exampleFacts, MANY, TOKEN } from "./examples"

/** The facts of a page, but for those that all pages of a shop share. */
type StateFacts = Omit<PageFacts, "brand" | "locale" | "storeName">

/** An example of the hosted page. */
export interface PageExample {
  name: string
  title: string
  make: (setup: ExampleSetup) => StateFacts
}

/** The states in which the page asks nothing: each has one look. */
const ANSWERS: Record<
  Exclude<PageState, "open" | "revertable" | "login">,
  string
> = {
  confirmed: "Confirmed",
  used: "Confirmed with another link",
  declined: "Declined",
  renewed: "A new link is on its way",
  reverted: "Taken back",
  expired: "Expired",
  locked: "Too many wrong passwords",
  late: "Too late to take back",
  superseded: "There is a newer link",
  canceled: "Canceled",
  stale: "No order left to move",
  gone: "No order left to take back",
  throttled: "Too many emails",
  invalid: "Invalid link",
  failed: "Unexpected error",
}

/** Every state of the page. */
export const pageExamples: PageExample[] = [
  asking("open", "Question"),
  asking("open-many", "Question about many orders", { orderCount: MANY }),
  asking("open-decline", "Question, from the link to decline", {
    facts: { action: "decline" },
  }),
  asking("open-password", "Question to the claimant's own address", {
    ownAddress: true,
  }),
  asking("open-wrong-password", "Wrong password", {
    ownAddress: true,
    facts: { state: "login", isPasswordWrong: true },
  }),
  asking("open-no-password", "The account has no password", {
    ownAddress: true,
    question: { hasPassword: false },
  }),
  asking("revertable", "Question whether to take back", {
    facts: { state: "revertable" },
  }),
  ...Object.entries(ANSWERS).map(([state, title]) => ({
    name: `page-${state}`,
    title,
    make: () => ({
      state: state as PageState,
      token: TOKEN,
      action: "confirm" as const,
    }),
  })),
]

/** The time in which a page is made: the link still works for its whole life then. */
const MADE_WITHIN_MS = 60_000

interface Asked {
  orderCount?: number
  ownAddress?: boolean
  facts?: Partial<StateFacts>
  question?: Partial<Question>
}

function asking(
  name: string,
  title: string,
  { facts, question, ...changes }: Asked = {}
): PageExample {
  return {
    name: `page-${name}`,
    title,
    make: (setup) => {
      const { linkTtlMs, revertTtlMs } = setup.settings
      const reverts = facts?.state === "revertable"
      const lifeMs = (reverts && revertTtlMs) || linkTtlMs
      return {
        state: "open",
        token: TOKEN,
        question: {
          ...exampleQuestion({ ...setup, ...changes }),
          expiresAt: new Date(Date.now() + lifeMs + MADE_WITHIN_MS),
          ...question,
        },
        ...facts,
      }
    },
  }
}

function exampleQuestion(setup: ExampleSetup): Omit<Question, "expiresAt"> {
  const { claimant, ownAddress, orders, orderCount } = exampleFacts(setup)
  const nameless = { first_name: null, last_name: null }
  return {
    claimant: {
      ...claimant,
      ...(ownAddress ? nameless : {}),
      id: EXAMPLE_CLAIM.customer_id,
      has_account: true,
    },
    ownAddress,
    loginRequired: ownAddress || setup.settings.requireLogin,
    hasPassword: true,
    orders,
    orderCount,
  }
}
