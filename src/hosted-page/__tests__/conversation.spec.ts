import {
  loginRequired,
  OrderClaimRefusal,
  wrongPassword,
} from "../../claims/refusal"
import type { RefusalCode } from "../../claims/refusal"
import { act, ask, Claims } from "../conversation"
import { Action, ACTIONS } from "../page-state"
import { questionWith } from "./page-setup"

const question = questionWith({})
const subject = {
  claim: { id: "oclaim_1", customer_id: "cus_clara", order_ids: ["order_1"] },
  ownAddress: false,
  orderIds: ["order_1"],
}
const known = { locale: "de", subject }
const open = { status: "open" as const, ...known, question }
const refuse = (error: Error) => () => Promise.reject(error)

const claimsThat = (changes: Partial<Claims> = {}): Claims => ({
  examine: () => Promise.resolve(open),
  confirm: () => Promise.resolve(),
  decline: () => Promise.resolve(),
  renew: () => Promise.resolve(),
  revert: () => Promise.resolve(),
  confirmWithPassword: () => Promise.resolve(),
  ...changes,
})

const press = (claims: Claims, action: Action, password?: string) =>
  act(claims, { token: "t", action, password })

describe("opening the page", () => {
  it("asks what an open claim is about", async () => {
    expect(await ask(claimsThat(), "t", "decline")).toEqual({
      state: "open",
      ...known,
      question,
      token: "t",
      action: "decline",
    })
  })

  it("asks before anything is taken back", async () => {
    const examine = () =>
      Promise.resolve({ ...open, status: "revertable" as const })
    expect(await ask(claimsThat({ examine }), "t", "revert")).toEqual({
      state: "revertable",
      ...known,
      question,
      token: "t",
      action: "revert",
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
    ["revert", "reverted"],
  ] as const)("%s: %s", async (action, state) => {
    const done: string[] = []
    const claims = claimsThat({
      [action]: (token: string) => {
        done.push(token)
        return Promise.resolve()
      },
    })
    expect(await press(claims, action)).toMatchObject({
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
    ["order_claim_reverted", "reverted"],
    ["order_claim_declined", "declined"],
    ["order_claim_canceled", "canceled"],
    ["order_claim_stale", "stale"],
    ["order_claim_throttled", "throttled"],
    ["order_claim_invalid", "invalid"],
  ])("shows why it was refused: %s", async (code, state) => {
    const refused = refuse(new OrderClaimRefusal(code))
    for (const action of ACTIONS) {
      const told = await press(claimsThat({ [action]: refused }), action)
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
        Promise.resolve({ status: "confirmed" as const, ...known })
      const claims = claimsThat({ confirm: refused, decline: refused, examine })
      for (const action of ["confirm", "decline"] as const) {
        expect((await press(claims, action)).state).toBe("confirmed")
      }
    }
  )

  it("says that the orders were taken back, if that was lost on its way", async () => {
    const revert = refuse(new Error("the connection was lost"))
    const examine = () =>
      Promise.resolve({ status: "reverted" as const, ...known })
    const claims = claimsThat({ revert, examine })
    expect((await press(claims, "revert")).state).toBe("reverted")
  })

  it("says that it is too late to take them back", async () => {
    const revert = refuse(new OrderClaimRefusal("order_claim_expired"))
    const examine = () =>
      Promise.resolve({
        status: "expired" as const,
        isLocked: false,
        reverts: true,
        ...known,
      })
    const claims = claimsThat({ revert, examine })
    expect((await ask(claims, "t")).state).toBe("late")
    expect((await press(claims, "revert")).state).toBe("late")
  })

  it("does not say that orders were taken back if none could go back", async () => {
    const examine = () =>
      Promise.resolve({ status: "stale" as const, reverts: true, ...known })
    const refused = refuse(new OrderClaimRefusal("order_claim_stale"))
    expect((await ask(claimsThat({ examine }), "t")).state).toBe("gone")
    for (const claims of [
      claimsThat({ examine }),
      claimsThat({ examine, revert: refused }),
    ]) {
      expect((await press(claims, "revert")).state).toBe("gone")
    }
  })

  it("asks again if the link still works", async () => {
    const renew = refuse(new OrderClaimRefusal("order_claim_active"))
    expect(await press(claimsThat({ renew }), "renew")).toMatchObject({
      state: "open",
      question,
    })
  })

  it("asks for the password if only the claimant may confirm", async () => {
    const confirm = refuse(loginRequired())
    expect(await press(claimsThat({ confirm }), "confirm")).toMatchObject({
      state: "login",
      question,
      token: "t",
      isPasswordWrong: false,
    })
  })

  it("keeps the action after an unexpected error", async () => {
    const error = new Error("the database is gone")
    const claims = claimsThat({
      confirm: refuse(error),
      examine: refuse(error),
    })
    expect(await press(claims, "confirm")).toEqual({
      state: "failed",
      error,
      token: "t",
      action: "confirm",
      locale: undefined,
    })
  })
})

describe("a password", () => {
  const wrong = refuse(wrongPassword())

  it("confirms, and is used for nothing else", async () => {
    const tried: string[] = []
    const claims = claimsThat({
      confirm: refuse(new Error("without the password")),
      confirmWithPassword: (token, password) => {
        tried.push(`${token} ${password}`)
        return Promise.resolve()
      },
    })
    for (const [action, state] of [
      ["confirm", "confirmed"],
      ["decline", "declined"],
      ["renew", "renewed"],
    ] as const) {
      expect((await press(claims, action, "secret")).state).toBe(state)
    }
    expect(tried).toEqual(["t secret"])
  })

  it("that was asked for is checked even if it is empty", async () => {
    const claims = claimsThat({ confirmWithPassword: refuse(loginRequired()) })
    expect(await press(claims, "confirm", "")).toMatchObject({
      state: "login",
      isPasswordWrong: false,
    })
  })

  it("that is wrong is asked for again, and is not in the result", async () => {
    const claims = claimsThat({ confirmWithPassword: wrong })
    const told = await press(claims, "confirm", "my secret")
    expect(told).toMatchObject({
      state: "login",
      question,
      isPasswordWrong: true,
    })
    expect(JSON.stringify(told)).not.toContain("my secret")
  })

  it.each([
    ["wrong, as it was the last", wrong],
    ["too late", refuse(new OrderClaimRefusal("order_claim_expired"))],
  ])("that is %s ends the link", async (_, confirmWithPassword) => {
    const examine = () =>
      Promise.resolve({
        status: "expired" as const,
        isLocked: true,
        ...known,
      })
    const claims = claimsThat({ confirmWithPassword, examine })
    expect(await press(claims, "confirm", "x")).toMatchObject({
      state: "locked",
      token: "t",
    })
    expect((await ask(claims, "t")).state).toBe("locked")
  })

  it.each(["declined", "confirmed", "stale"] as const)(
    "is not asked for once the claim is %s",
    async (status) => {
      const examine = () => Promise.resolve({ status, ...known })
      const claims = claimsThat({ confirm: refuse(loginRequired()), examine })
      expect((await press(claims, "confirm")).state).toBe(status)
    }
  )
})
