import type { PresentedToken } from "../../claims/claim-token"
import { ClaimRow, raiseGeneration } from "../../db/claims"
import {
  addCustomer,
  changeClaim,
  claimNow,
  MINUTE,
  openClaim,
  openDatabase,
  storedClaim,
  TestDatabase,
} from "../../db/__tests__/test-database"
import { openShopPool, ShopPool } from "../../db/__tests__/test-shop-pool"
import {
  confirmWithPassword,
  LoginStore,
  newPasswordTurns,
} from "../confirm-with-password"
import { Confirms } from "../confirms"
import { changeOrder, CONFIRM_RULES, eventTokenOf, link } from "./presenting"

const RIGHT = "supersecret"

describe("a confirm with the password of the claimant's account", () => {
  let db: TestDatabase
  let shop: ShopPool
  /** The addresses and passwords that were checked. */
  let checked: [email: string, password: string][]
  let running: number
  let mostAtOnce: number
  /** Called in the middle of a check. */
  let meanwhile: () => Promise<unknown>

  beforeAll(async () => {
    db = await openDatabase()
    shop = await openShopPool(db.url, 5)
    server = newServer()
  })
  beforeEach(async () => {
    await db.query("TRUNCATE order_claim, notification")
    checked = []
    running = 0
    mostAtOnce = 0
    meanwhile = () => Promise.resolve()
  })
  afterAll(async () => {
    await shop?.close()
    await db?.close()
  })

  /** A stranger's claim, or the owner's: of an address that the account has. */
  const openOwn = async () => {
    const email = `own-${Math.random()}@example.com`
    const claimant = await addCustomer(db, { email })
    await setPassword(claimant, "a hash")
    return openClaim(db, { claimant, email })
  }
  const setPassword = (id: string, hash: string | null) =>
    db.query("UPDATE customer SET password_hash = $2 WHERE id = $1", [id, hash])

  /** Core's services, as far as they are called; integration-tests/ have the real ones. */
  const store = (): LoginStore => {
    const authenticateCustomer = async (email: string, password: string) => {
      checked.push([email, password])
      mostAtOnce = Math.max(mostAtOnce, ++running)
      await meanwhile()
      running--
      const [customer] = await db.query<{ id: string }>(
        "SELECT id FROM customer WHERE email = $1 AND has_account",
        [email]
      )
      return { success: password === RIGHT && !!customer, customer }
    }
    const authService = { withTransaction: () => ({ authenticateCustomer }) }
    const orderService = {
      withTransaction: (tx: { query: (...given: unknown[]) => unknown }) => ({
        update: (id: string, { customer_id }: { customer_id: string }) =>
          tx.query('UPDATE "order" SET customer_id = $2 WHERE id = $1', [
            id,
            customer_id,
          ]),
      }),
    }
    const eventBusService = {
      withTransaction: () => ({ emit: () => Promise.resolve() }),
    }
    const { manager } = shop
    const services = { authService, orderService, eventBusService, manager }
    return services as unknown as LoginStore
  }
  const newServer = () => ({
    db: db.pool,
    confirms: new Confirms(),
    passwords: newPasswordTurns(),
    rules: CONFIRM_RULES,
    courier: { wake: () => undefined },
  })
  let server: ReturnType<typeof newServer>
  const confirm = (
    token: PresentedToken,
    password: string,
    through = server
  ): Promise<unknown> =>
    confirmWithPassword(through, store(), token, password).then(
      () => "done",
      (error: { code?: string }) => error.code ?? error
    )
  const isUnmoved = async ({ order_ids, customer_id }: ClaimRow) => {
    const theirs = await db.query(
      'SELECT id FROM "order" WHERE id = ANY($1) AND customer_id = $2',
      [order_ids, customer_id]
    )
    return theirs.length === 0
  }
  const attempts = async (claim: ClaimRow) =>
    (await storedClaim(db, claim.id)).password_attempts

  it("moves the orders, and forgets the wrong ones before it", async () => {
    const claim = await openOwn()
    expect(await confirm(link(claim), "wrong")).toBe(
      "order_claim_wrong_password"
    )
    expect([await attempts(claim), await isUnmoved(claim)]).toEqual([1, true])
    expect(await confirm(link(claim), RIGHT)).toBe("done")
    expect(await storedClaim(db, claim.id)).toMatchObject({
      status: "confirmed",
      password_attempts: 0,
    })
    expect(await isUnmoved(claim)).toBe(false)
    expect(checked).toEqual([
      [claim.email, "wrong"],
      [claim.email, RIGHT],
    ])
  })

  it("works with the fifth password that was tried, and with no sixth", async () => {
    const [fifth, none] = [await openOwn(), await openOwn()]
    for (const claim of [fifth, none]) {
      await changeClaim(db, claim, "password_attempts = 4")
    }
    expect(await confirm(link(fifth), RIGHT)).toBe("done")

    expect(await confirm(link(none), "wrong")).toBe(
      "order_claim_wrong_password"
    )
    expect(await confirm(link(none), RIGHT)).toBe("order_claim_expired")
    expect(await confirm(eventTokenOf(none), RIGHT)).toBe("order_claim_expired")
    expect(await isUnmoved(none)).toBe(true)
    expect(checked).toHaveLength(2)
  })

  it("checks five of twenty at once, on two servers", async () => {
    const claim = await openOwn()
    const servers = [newServer(), newServer()]
    const codes = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        confirm(link(claim), `guess ${n}`, servers[n % 2])
      )
    )
    expect(checked).toHaveLength(5)
    expect(codes.sort()).toEqual([
      ...Array<string>(15).fill("order_claim_expired"),
      ...Array<string>(5).fill("order_claim_wrong_password"),
    ])
    expect(await attempts(claim)).toBe(5)
  })

  it("holds two connections of the shop at most, and one for a claim", async () => {
    const claims: ClaimRow[] = []
    for (let n = 0; n < 4; n++) claims.push(await openOwn())
    meanwhile = () => new Promise((resolve) => setTimeout(resolve, 20))
    const [first] = claims
    await Promise.all([1, 2].map(() => confirm(link(first!), "wrong")))
    expect(mostAtOnce).toBe(1)
    await Promise.all(claims.map((claim) => confirm(link(claim), "wrong")))
    expect(mostAtOnce).toBe(2)
  })

  it("asks for one, and counts none, if it is empty", async () => {
    const claim = await openOwn()
    expect(await confirm(link(claim), "")).toBe("order_claim_login_required")
    expect(await attempts(claim)).toBe(0)
  })

  it.each([null, ""])(
    "is not possible for an account of an external login: %j",
    async (hash) => {
      const claim = await openOwn()
      await setPassword(claim.customer_id, hash)
      expect(await confirm(link(claim), RIGHT)).toBe(
        "order_claim_login_required"
      )
      expect([checked, await attempts(claim)]).toEqual([[], 0])
    }
  )

  it.each([
    ["expired", "order_claim_expired", "expires_at = now()"],
    ["declined", "order_claim_declined", "status = 'declined'"],
    ["canceled", "order_claim_canceled", "status = 'canceled'"],
    ["newer", "order_claim_superseded", "token_generation = 2"],
    [
      "confirmed",
      "order_claim_used",
      "status = 'confirmed', confirmed_generation = 1",
    ],
  ])("tries none with a link that is %s", async (_, code, change) => {
    const claim = await openOwn()
    await changeClaim(db, claim, change)
    expect(await confirm(link(claim), RIGHT)).toBe(code)
    expect(checked).toEqual([])
  })

  it("tries none for orders that cannot be claimed any more", async () => {
    const claim = await openOwn()
    await changeOrder(db, claim.order_ids[0], "status = 'canceled'")
    expect(await confirm(link(claim), RIGHT)).toBe("order_claim_stale")
    expect(checked).toEqual([])
  })

  it("tries none with a token of no claim", async () => {
    expect(await confirm(link({ id: "oclaim_none" }), RIGHT)).toBe(
      "order_claim_invalid"
    )
  })

  it("is refused if somebody else has that address and password", async () => {
    const claim = await openOwn()
    meanwhile = async () => {
      await db.query(
        "UPDATE customer SET email = 'gone@x.test' WHERE id = $1",
        [claim.customer_id]
      )
      await addCustomer(db, { email: claim.email })
    }
    expect(await confirm(link(claim), RIGHT)).toBe("order_claim_wrong_password")
    expect(await isUnmoved(claim)).toBe(true)
  })

  it("is needed by whoever was asked for it, even if anybody may confirm now", async () => {
    const claim = await openClaim(db)
    await setPassword(claim.customer_id, "a hash")
    expect(await confirm(link(claim), "wrong")).toBe(
      "order_claim_wrong_password"
    )
    expect(await isUnmoved(claim)).toBe(true)
  })

  it("leaves the count of a newer link alone", async () => {
    const claim = await openOwn()
    meanwhile = async () => {
      await raiseGeneration(db, claim.id, MINUTE)
      await changeClaim(db, claim, "password_attempts = 3")
    }
    expect(await confirm(link(claim), RIGHT)).toBe("order_claim_superseded")
    expect(await claimNow(db, claim)).toMatchObject({ password_attempts: 3 })
  })

  it("is no wrong one if the database failed while it was checked", async () => {
    const claim = await openOwn()
    const broken = store()
    broken.authService = {
      withTransaction: (manager: {
        query: (sql: string) => Promise<unknown>
      }) => ({
        // As core does: an error is a wrong password.
        authenticateCustomer: () =>
          manager.query("SELECT 1 / 0").then(
            () => ({ success: true }),
            () => ({ success: false })
          ),
      }),
    } as unknown as LoginStore["authService"]
    const confirming = confirmWithPassword(server, broken, link(claim), RIGHT)
    await expect(confirming).rejects.toThrow("transaction is aborted")
    expect(await confirm(link(claim), RIGHT)).toBe("done")
  })
})
