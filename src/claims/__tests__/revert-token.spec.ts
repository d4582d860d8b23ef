import jwt from "jsonwebtoken"
import { readToken, signClaimToken } from "../claim-token"
import { isOfConfirm, readRevertToken, signRevertToken } from "../revert-token"

const SECRET = "a secret that is long enough for tests"
const DAY = 86_400_000
const claim = {
  id: "oclaim_1",
  status: "confirmed",
  resolved_at: new Date("2026-11-21T14:17:00.500Z"),
} as const

describe("the token that takes a confirm back", () => {
  const token = signRevertToken(claim, 7 * DAY, SECRET)

  it("is the same bytes for the same row", () => {
    expect(signRevertToken(claim, 7 * DAY, SECRET)).toBe(token)
  })

  it("names the claim, the confirm, and when it ends", () => {
    const read = readRevertToken(token, SECRET)!
    expect(read).toEqual({
      claimId: "oclaim_1",
      confirmedAt: 1795270620,
      expiresAt: new Date("2026-11-28T14:17:00.000Z"),
    })
    expect(isOfConfirm(read, claim)).toBe(true)
    const later = { ...claim, resolved_at: new Date("2026-11-21T14:17:01Z") }
    expect(isOfConfirm(read, later)).toBe(false)
    expect(isOfConfirm(read, { ...claim, status: "declined" })).toBe(false)
  })

  it("is no token of a link, and a link's takes nothing back", () => {
    expect(readToken(token, SECRET)).toBeUndefined()
    const link = signClaimToken(
      {
        id: "oclaim_1",
        token_generation: 1,
        token_issued_at: new Date(),
        expires_at: new Date(),
      },
      SECRET
    )
    expect(readRevertToken(link, SECRET)).toBeUndefined()
  })

  it.each([
    [
      "another secret",
      jwt.sign({ ...(jwt.decode(token) as object) }, "another"),
    ],
    ["no algorithm", `${token.split(".").slice(0, 2).join(".")}.`],
    [
      "a field too many",
      jwt.sign({ ...(jwt.decode(token) as object), a: 1 }, SECRET),
    ],
    ["the token of a login", jwt.sign({ customer_id: "cus_1" }, SECRET)],
    ["nothing", undefined],
    ["no text", { token }],
  ])("is refused: %s", (_, forged) => {
    expect(readRevertToken(forged, SECRET)).toBeUndefined()
  })

  it("cannot be signed for a claim that was never confirmed", () => {
    const open = { ...claim, resolved_at: null }
    expect(() => signRevertToken(open, DAY, SECRET)).toThrow(
      "oclaim_1 was never confirmed"
    )
  })
})
