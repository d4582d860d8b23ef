import { askNotice } from "../order-claims/ask-notice"
import { moment } from "../order-claims/facts"

const created_at = "2026-11-21T14:17:00.000Z"
const asked = (status: "pending" | "sent", attempts: number) =>
  askNotice({ email: "greta@example.com", status, attempts, created_at })

describe("the notice after staff asked the owner", () => {
  it("promises an email that is to come", () => {
    expect(asked("pending", 0)).toEqual({
      kind: "success",
      title: "Request sent",
      text: "greta@example.com will get an email with a link.",
    })
  })

  it("promises none if there was one before", () => {
    expect(asked("sent", 1)).toEqual({
      kind: "info",
      title: "Already asked",
      text: `greta@example.com was asked on ${moment(created_at)}. If the email did not arrive, choose "Resend".`,
    })
  })

  it("says that an earlier one still waits", () => {
    expect(asked("pending", 2)).toMatchObject({
      title: "Already asked",
      text: `greta@example.com was asked on ${moment(created_at)}. The email is still waiting to be sent.`,
    })
  })
})
