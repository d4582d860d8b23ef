import { claimById, claimedOrder, claims, eventually } from "./claims"
import { newShop, type Shop } from "./stock-store"

jest.setTimeout(120_000)

describe("a store that keeps claims for 31 days", () => {
  let shop: Shop
  const pluginOptions = { retention: "31d" }
  beforeAll(async () => {
    shop = await newShop({ pluginOptions })
  })
  afterAll(() => shop?.close())

  it("deletes older ones that are over, once it runs", async () => {
    const clara = await shop.registerCustomer({ email: "clara@example.com" })
    const old = await claimedOrder(shop, clara, "greta@example.com")
    const young = await claimedOrder(shop, clara, "gustav@example.com")
    await shop.store.stop()
    // as if it had been asked for and mailed 32 days ago; ids begin with the time
    await shop.query(
      `UPDATE order_claim SET id = 'oclaim_00' || substr(id, 10),
         created_at = created_at - interval '32 days',
         updated_at = updated_at - interval '32 days',
         expires_at = expires_at - interval '33 days'
       WHERE id = $1`,
      [old.claim.id]
    )
    await shop.startAgain({ pluginOptions })

    await eventually(
      async () => (await claims(shop)).length === 1,
      "the old claim to be deleted"
    )
    expect((await claimById(shop, young.claim.id)).status).toBe("sent")
    await eventually(
      () =>
        shop.store
          .log()
          .includes(
            "order-claim: retention: 1 claim deleted, 0 blocks stripped"
          ),
      "the line in the log"
    )
  })
})
