import { CLAIM_STATUSES, type ClaimStatus } from "../../claims/claim"
import { ERASED } from "../../claims/erasure"
import { actionsFor, givenBack } from "../order-claims/actions"
import { statusWords } from "../order-claims/status"

const NOW = new Date("2026-11-21T14:17:00Z")
const SOON = "2026-11-21T14:18:00Z"

const words = (
  status: Parameters<typeof statusWords>[0]["status"],
  { expires_at = SOON, attempts = 1 } = {}
) => statusWords({ status, expires_at, attempts }, NOW).words

describe("the words for a claim", () => {
  it("distinguish a first mail from one that is tried again", () => {
    expect(words("pending", { attempts: 0 })).toBe("Waiting to be emailed")
    expect(words("pending")).toBe("Waiting to be emailed again")
  })

  it("distinguish a link that works from one that has expired", () => {
    expect(words("sent")).toBe("Waiting for confirmation")
    expect(words("sent", { expires_at: NOW.toISOString() })).toBe("Expired")
  })

  it("do not mention expiry when the claim is over or no mail went out", () => {
    const expires_at = "2026-11-20T00:00:00Z"
    expect(words("confirmed", { expires_at })).toBe("Confirmed")
    expect(words("reverted", { expires_at })).toBe("Given back")
    expect(words("failed", { expires_at })).toBe("Email failed")
  })
})

describe("the notice after orders were given back", () => {
  const moved_orders = [
    { id: "a", customer_id: "cus_1" },
    { id: "b", customer_id: "cus_1" },
  ]
  const notice = (...reverted_order_ids: string[]) =>
    givenBack({ email: "greta@example.com", moved_orders, reverted_order_ids })

  it("says to whom they belong again", () => {
    expect(notice("a", "b")).toEqual([
      "Given back",
      "They belong to greta@example.com again.",
    ])
  })

  it("says how many went back, if not all did", () => {
    expect(notice("a")).toEqual([
      "Given back",
      "1 of 2 orders went back to greta@example.com. The rest were canceled, or are no longer in the claimant's account.",
    ])
  })

  it("says so if none could go back", () => {
    expect(notice()).toEqual([
      "Nothing given back",
      "None of these orders could go back: they were canceled, or are no longer in the claimant's account. The claimant cannot ask for them again.",
    ])
  })
})

type Claim = Parameters<typeof actionsFor>[0]

describe("the buttons of a claim", () => {
  const claim = (status: ClaimStatus, changes: Partial<Claim> = {}): Claim => ({
    status,
    email: "greta@example.com",
    order_ids: ["order_1"],
    sent_at: null,
    ...changes,
  })
  const buttons = (status: ClaimStatus, changes?: Partial<Claim>) =>
    actionsFor(claim(status, changes)).map(({ button }) => button)
  const says = (button: string, about: Claim) =>
    actionsFor(about)
      .find((action) => action.button === button)
      ?.description(about)

  it("resend and cancel it while it is not over", () => {
    for (const status of ["pending", "sent", "failed"] as const) {
      expect(buttons(status)).toEqual(["Resend", "Cancel"])
    }
    expect(buttons("requested")).toEqual(["Cancel"])
  })

  it("resend and cancel what was never mailed, too", () => {
    for (const status of ["throttled", "ineligible"] as const) {
      expect(buttons(status)).toEqual(["Resend", "Cancel"])
    }
  })

  it("resend nothing without orders, which no link could be for", () => {
    for (const status of ["throttled", "ineligible", "failed"] as const) {
      expect(buttons(status, { order_ids: [] })).toEqual(["Cancel"])
    }
  })

  it("say what canceling does to the links", () => {
    const mailed = { sent_at: SOON }
    expect(says("Cancel", claim("sent", mailed))).toBe(
      "The link in the email will no longer work."
    )
    for (const status of ["pending", "failed"] as const) {
      expect(says("Cancel", claim(status, mailed))).toBe(
        "Links in earlier emails will no longer work, and no new one will be emailed."
      )
      expect(says("Cancel", claim(status))).toBe(
        "No link will be emailed. The customer can ask again."
      )
    }
  })

  it("say which links a resend ends, and if there is another way", () => {
    const otherAddress = /"Re-Send Mail" in the order's timeline/
    const earlier = /Links in earlier emails stop working/
    const resend = (status: ClaimStatus, sent_at: string | null = null) =>
      says("Resend", claim(status, { sent_at }))
    expect(resend("sent", SOON)).toMatch(earlier)
    expect(resend("sent", SOON)).toMatch(otherAddress)
    expect(resend("failed")).not.toMatch(earlier)
    for (const status of ["throttled", "ineligible"] as const) {
      expect(resend(status)).toBe("This emails a link to greta@example.com.")
    }
  })

  it("give its orders back once it is confirmed, and once only", () => {
    const withGiveBack = CLAIM_STATUSES.filter((status) =>
      buttons(status).includes("Give back")
    )
    expect(withGiveBack).toEqual(["confirmed"])
  })

  it("do not give them back to an address that was erased", () => {
    expect(buttons("confirmed", { email: ERASED })).toEqual([])
  })

  it("lift what blocks the claimant", () => {
    expect(buttons("declined")).toEqual(["Lift decline"])
    expect(buttons("reverted")).toEqual(["Lift block"])
  })

  it("are none when nothing can be done", () => {
    expect(buttons("canceled")).toEqual([])
  })
})
