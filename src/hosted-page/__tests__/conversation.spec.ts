import { loginRequired, OrderClaimRefusal } from "../../claims/refusal"
import type { RefusalCode } from "../../claims/refusal"
import { act, ask, Claims } from "../conversation"
import { ACTIONS } from "../page-state"
import { questionWith } from "./page-setup"

const question = questionWith({})
const open = { status: "open" as const, locale: "de", question }
const refuse = (error: Error) => () => Promise.reject(error)

const claimsThat = (changes: Partial<Claims> = {}): Claims => ({
  examine: () => Promise.resolve(open),
  confirm: () => Promise.resolve(),
  decline: () => Promise.resolve(),
  renew: () => Promise.resolve(),
  ...changes,
})

describe("opening the page", () => {
  it("asks what an open claim is about", async () => {
    expect(await ask(claimsThat(), "t", "decline")).toEqual({
      state: "open",
      locale: "de",
      question,
      token: "t",
      action: "decline",
    })
  })

  it("drops a token of no claim", async () => {
    const examine = refuse(new OrderClaimRefusal("order_claim_invalid"))
    expect(await ask(claimsThat({ examine }), "<b>")).toEqual({
      state: "invalid",
      token: "",
    })
  })

  it("reports an unexpected error, with the details only for the log", async () => {
    const error = new Error("the database is gone")
    expect(await ask(claimsThat({ examine: refuse(error) }), "t")).toEqual({
      state: "failed",
      error,
      token: "",
    })
  })
})

describe("pressing a button", () => {
  it.each([
    ["confirm", "confirmed"],
    ["decline", "declined"],
    ["renew", "renewed"],
  ] as const)("%s: %s", async (action, state) => {
    const done: string[] = []
    const claims = claimsThat({
      [action]: (token: string) => {
        done.push(token)
        return Promise.resolve()
      },
    })
    expect(await act(claims, "t", action)).toMatchObject({
      state,
      locale: "de",
      token: "t",
    })
    expect(done).toEqual(["t"])
  })

  it.each<[RefusalCode, string]>([
    ["order_claim_expired", "expired"],
    ["order_claim_superseded", "superseded"],
    ["order_claim_used", "used"],
    ["order_claim_declined", "declined"],
    ["order_claim_canceled", "canceled"],
    ["order_claim_stale", "stale"],
    ["order_claim_throttled", "throttled"],
    ["order_claim_invalid", "invalid"],
  ])("shows why it was refused: %s", async (code, state) => {
    const refused = refuse(new OrderClaimRefusal(code))
    for (const action of ACTIONS) {
      const told = await act(claimsThat({ [action]: refused }), "t", action)
      expect(told).toMatchObject({ state, locale: "de" })
      expect(told.error).toBeUndefined()
    }
  })

  it.each(["used", "failed"])(
    "shows success if this very link has confirmed, whatever came after: %s",
    async (kind) => {
      const error = new Error("the connection was lost")
      const refused = refuse(
        kind === "used" ? new OrderClaimRefusal("order_claim_used") : error
      )
      const examine = () =>
        Promise.resolve({ status: "confirmed" as const, locale: "de" })
      const claims = claimsThat({ confirm: refused, decline: refused, examine })
      for (const action of ["confirm", "decline"] as const) {
        expect((await act(claims, "t", action)).state).toBe("confirmed")
      }
    }
  )

  it("asks again if the link still works", async () => {
    const renew = refuse(new OrderClaimRefusal("order_claim_active"))
    expect(await act(claimsThat({ renew }), "t", "renew")).toMatchObject({
      state: "open",
      question,
    })
  })

  it("asks for a login if the shop does", async () => {
    const confirm = refuse(loginRequired())
    expect((await act(claimsThat({ confirm }), "t", "confirm")).state).toBe(
      "login"
    )
  })

  it("keeps the action after an unexpected error", async () => {
    const error = new Error("the database is gone")
    const claims = claimsThat({
      confirm: refuse(error),
      examine: refuse(error),
    })
    expect(await act(claims, "t", "confirm")).toEqual({
      state: "failed",
      error,
      token: "t",
      action: "confirm",
      locale: undefined,
    })
  })
})
