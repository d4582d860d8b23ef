import type { Party } from "../claims/claim"
import { claimLink } from "../claims/claim-link"
import { ClaimConfirmedView, claimConfirmedView } from "../email/confirmed-view"
import type { View } from "../email/message"
import { LISTED_ORDERS, OrderSource } from "../email/order-view"
import { ClaimRequestView, claimRequestView } from "../email/request-view"
import { ClaimRevertedView, claimRevertedView } from "../email/reverted-view"
import type { TextSource } from "../texts/texts"
import type { Settings } from "../options/settings"

/** The settings and texts of an example. */
export interface ExampleSetup {
  settings: Pick<
    Settings,
    | "brand"
    | "claimUrl"
    | "linkTtlMs"
    | "requireLogin"
    | "revertTtlMs"
    | "tokenParam"
  >
  texts: TextSource
  locale: string
  orderCount?: number
  /** True for a claim of the claimant's own address. */
  ownAddress?: boolean
}

/** An example of a message. */
export interface Example {
  name: string
  title: string
  make: (setup: ExampleSetup) => View
}

export const MANY = 12

/** Every message, for one order and for many, also to the claimant's own address. */
export const examples: Example[] = [
  {
    name: "claim-request",
    title: "Request",
    make: exampleRequest,
  },
  {
    name: "claim-request-many",
    title: "Request for many orders",
    make: (setup) => exampleRequest({ ...setup, orderCount: MANY }),
  },
  {
    name: "claim-request-own-address",
    title: "Request to the claimant's own address",
    make: (setup) => exampleRequest({ ...setup, ownAddress: true }),
  },
  {
    name: "claim-request-own-address-many",
    title: "Request to the claimant's own address, for many orders",
    make: (setup) =>
      exampleRequest({ ...setup, ownAddress: true, orderCount: MANY }),
  },
  {
    name: "claim-confirmed-recipient",
    title: "Confirmed: to the old address",
    make: (setup) => exampleConfirmed("recipient", setup),
  },
  {
    name: "claim-confirmed-claimant",
    title: "Confirmed: to the claimant",
    make: (setup) => exampleConfirmed("claimant", setup),
  },
  {
    name: "claim-confirmed-many",
    title: "Confirmed: many orders",
    make: (setup) =>
      exampleConfirmed("recipient", { ...setup, orderCount: MANY }),
  },
  {
    name: "claim-confirmed-own-address",
    title: "Confirmed: to the claimant's own address",
    make: (setup) =>
      exampleConfirmed("recipient", { ...setup, ownAddress: true }),
  },
  {
    name: "claim-reverted-recipient",
    title: "Given back: to the old address",
    make: (setup) => exampleReverted("recipient", setup),
  },
  {
    name: "claim-reverted-claimant",
    title: "Given back: to the claimant",
    make: (setup) => exampleReverted("claimant", setup),
  },
  {
    name: "claim-reverted-many",
    title: "Given back: many orders",
    make: (setup) =>
      exampleReverted("recipient", { ...setup, orderCount: MANY }),
  },
  {
    name: "claim-reverted-own-address",
    title: "Given back: to the claimant's own address",
    make: (setup) =>
      exampleReverted("recipient", { ...setup, ownAddress: true }),
  },
]

const CLAIMANT = {
  email: "clara@example.com",
  first_name: "Clara",
  last_name: "Martin",
  created_at: new Date("2026-11-21T08:30:00Z"),
}

/** A text that is obviously no token. */
export const TOKEN = "this-is-an-example-and-no-token"

/** Makes an example of the mail with the link. */
export function exampleRequest(setup: ExampleSetup): ClaimRequestView {
  const { settings, texts } = setup
  const now = new Date()
  return claimRequestView(
    {
      ...facts(setup),
      requireLogin: settings.requireLogin,
      link: claimLink(TOKEN, settings),
      declineLink: claimLink(TOKEN, settings, "decline"),
      now,
      expiresAt: new Date(now.getTime() + settings.linkTtlMs),
    },
    texts
  )
}

function exampleConfirmed(
  party: Party,
  setup: ExampleSetup
): ClaimConfirmedView {
  const { settings, texts } = setup
  const { revertTtlMs } = settings
  const now = new Date()
  const hasLink = party === "recipient" && revertTtlMs !== false
  return claimConfirmedView(
    {
      ...noticeFacts(party, setup),
      confirmedAt: now,
      now,
      revert: hasLink
        ? {
            link: claimLink(TOKEN, settings, "revert"),
            until: new Date(now.getTime() + revertTtlMs),
          }
        : undefined,
    },
    texts
  )
}

function exampleReverted(party: Party, setup: ExampleSetup): ClaimRevertedView {
  const facts = { ...noticeFacts(party, setup), revertedAt: new Date() }
  return claimRevertedView(facts, setup.texts)
}

function noticeFacts(party: Party, setup: ExampleSetup) {
  const recipient = setup.ownAddress ? CLAIMANT.email : "greta@example.com"
  return { ...facts(setup), party, recipient }
}

/** Makes the facts that all examples share. */
export function facts({
  settings,
  locale,
  orderCount = 1,
  ownAddress = false,
}: ExampleSetup) {
  const listed = Math.min(orderCount, LISTED_ORDERS)
  return {
    locale,
    brand: settings.brand,
    storeName: undefined,
    claimant: CLAIMANT,
    ownAddress,
    orders: Array.from({ length: listed }, (_, n) => order(1042 + n)),
    orderCount,
  }
}

function order(display_id: number): OrderSource {
  return {
    display_id,
    created_at: new Date("2026-11-20T09:15:00Z"),
    items: [
      { title: "Linen shirt, indigo", quantity: 1, thumbnail: null },
      { title: "Enamel mug", quantity: 2, thumbnail: null },
    ],
    item_count: 3,
  }
}
