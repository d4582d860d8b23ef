import { MedusaError } from "medusa-core-utils"
import {
  loginRequired,
  OrderClaimRefusal,
  RefusalCode,
  wrongPassword,
} from "../refusal"

const CODES: RefusalCode[] = [
  "order_claim_invalid",
  "order_claim_expired",
  "order_claim_superseded",
  "order_claim_used",
  "order_claim_declined",
  "order_claim_canceled",
  "order_claim_stale",
  "order_claim_active",
  "order_claim_throttled",
]

describe.each(CODES)("the refusal %s", (code) => {
  const refusal = new OrderClaimRefusal(code)

  it("has the shape of Medusa's errors, which core answers with 400", () => {
    const { NOT_ALLOWED } = MedusaError.Types
    const medusas = new MedusaError(NOT_ALLOWED, refusal.message, code)
    expect(refusal).toBeInstanceOf(OrderClaimRefusal)
    expect(refusal).toBeInstanceOf(MedusaError)
    expect(Object.keys(refusal)).toEqual(Object.keys(medusas))
    expect(refusal).toMatchObject({ type: "not_allowed", code })
  })

  it("has a sentence of its own", () => {
    const sentences = CODES.map((each) => new OrderClaimRefusal(each).message)
    expect(refusal.message).toMatch(/^[A-Z].{20,}\.$/)
    expect(new Set(sentences).size).toBe(CODES.length)
  })
})

it("a refusal may say it in other words", () => {
  const { message, code } = new OrderClaimRefusal("order_claim_used", "Done.")
  expect({ message, code }).toEqual({
    message: "Done.",
    code: "order_claim_used",
  })
})

it.each([
  ["a missing login", loginRequired(), "order_claim_login_required", /^Log in/],
  ["a wrong password", wrongPassword(), "order_claim_wrong_password", /^This/],
])(
  "%s has the shape of core's own 401, and a code",
  (_, error, code, begin) => {
    const { type, message } = error
    expect({ type, code: error.code }).toEqual({
      type: MedusaError.Types.UNAUTHORIZED,
      code,
    })
    expect(message).toMatch(begin)
    expect(message).toMatch(/\.$/)
  }
)
