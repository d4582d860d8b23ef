import { parseOptions } from "../../options/settings"
import type { Party } from "../../claims/claim"
import { claimConfirmedView } from "../confirmed-view"
import type { OrderSource } from "../order-view"
import type { Person } from "../person-view"
import { claimRequestView } from "../request-view"
import { claimRevertedView } from "../reverted-view"
import { TextSource } from "../../texts/texts"

/** The changes of a test to an ordinary claim. */
export interface ViewSetup {
  locale?: string
  brand?: Record<string, unknown>
  claimant?: Partial<Person>
  orders?: OrderSource[]
  orderCount?: number
  link?: string
  /** True for a claim of the claimant's own address. */
  ownAddress?: boolean
  requireLogin?: boolean
  /** False for a shop without a link that takes a confirm back. */
  canRevert?: boolean
}

const PAGE = "https://shop.example/claim?from=mail"
const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJvcmRlcl9jbGFpbV9pZCI6IngifQ.c2lnbmF0dXJl"
const OPENED_AT = new Date("2026-11-21T08:30:00Z")
const ISSUED_AT = new Date("2026-11-21T14:17:00Z")
const REVERT_UNTIL = new Date("2026-11-28T14:17:00Z")
const EXPIRES_AT = new Date("2026-11-22T14:17:00Z")

const source = new TextSource()

export const order = (changes: Partial<OrderSource> = {}): OrderSource => ({
  display_id: 1042,
  created_at: new Date("2026-11-20T09:15:00Z"),
  items: [
    {
      title: "Mug",
      quantity: 2,
      thumbnail: "https://shop.example/mug.jpg",
    },
    { title: "T-Shirt", quantity: 1, thumbnail: null },
  ],
  item_count: 3,
  ...changes,
})

function facts({
  locale = "en",
  brand = {},
  claimant,
  orders = [order()],
  orderCount = orders.length,
  ownAddress = false,
}: ViewSetup) {
  const options = {
    claim_url: PAGE,
    from: "shop@shop.example",
    brand: {
      name: "Hill & Valley",
      url: "https://shop.example",
      support_email: "help@shop.example",
      address: "Hill 1, Valley",
      ...brand,
    },
  }
  return {
    locale,
    brand: parseOptions(options, {}).brand,
    storeName: undefined,
    claimant: {
      email: "clara@example.com",
      first_name: "Clara",
      last_name: "Customer",
      created_at: OPENED_AT,
      ...claimant,
    },
    ownAddress,
    orders,
    orderCount,
  }
}

const linkOf = ({ link = `${PAGE}&token=${TOKEN}` }: ViewSetup) => link

/** Makes the view of a mail with a link. */
export const requestView = (setup: ViewSetup = {}) => {
  const link = linkOf(setup)
  return claimRequestView(
    {
      ...facts(setup),
      requireLogin: setup.requireLogin ?? false,
      link,
      declineLink: `${link}&action=decline`,
      now: ISSUED_AT,
      expiresAt: EXPIRES_AT,
    },
    source
  )
}

/** Makes the view of a mail with a link to the claimant's own address. */
export const ownRequestView = (setup: ViewSetup = {}) =>
  requestView({ ...setup, ownAddress: true })

/** Makes the view of a mail about a confirmation. */
export const confirmedView = (to: Party, setup: ViewSetup = {}) =>
  claimConfirmedView(
    {
      ...facts(setup),
      party: to,
      recipient: setup.ownAddress ? "clara@example.com" : "greta@example.com",
      confirmedAt: ISSUED_AT,
      now: ISSUED_AT,
      revert:
        to === "recipient" && setup.canRevert !== false
          ? { link: `${linkOf(setup)}&action=revert`, until: REVERT_UNTIL }
          : undefined,
    },
    source
  )

/** Makes the view of the only mail about a confirmation, if the claimant's address is the orders'. */
export const ownConfirmedView = (setup: ViewSetup = {}) =>
  confirmedView("recipient", { ...setup, ownAddress: true })

/** Makes the view of a mail about orders that were given back. */
export const revertedView = (to: Party, setup: ViewSetup = {}) =>
  claimRevertedView(
    {
      ...facts(setup),
      party: to,
      recipient: setup.ownAddress ? "clara@example.com" : "greta@example.com",
      revertedAt: ISSUED_AT,
    },
    source
  )

/** Makes the view of the only such mail, if the claimant's address is the orders'. */
export const ownRevertedView = (setup: ViewSetup = {}) =>
  revertedView("recipient", { ...setup, ownAddress: true })
