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

describe("the buttons of a claim", () => {
  const buttons = (status: ClaimStatus, email = "greta@example.com") =>
    actionsFor({ status, email }).map(({ button }) => button)

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

  it("give its orders back once it is confirmed, and once only", () => {
    const withGiveBack = CLAIM_STATUSES.filter((status) =>
      buttons(status).includes("Give back")
    )
    expect(withGiveBack).toEqual(["confirmed"])
  })

  it("do not give them back to an address that was erased", () => {
    expect(buttons("confirmed", ERASED)).toEqual([])
  })

  it("lift what blocks the claimant", () => {
    expect(buttons("declined")).toEqual(["Lift decline"])
    expect(buttons("reverted")).toEqual(["Lift block"])
  })

  it("are none when nothing can be done", () => {
    expect(buttons("canceled")).toEqual([])
  })
})
