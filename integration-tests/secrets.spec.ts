import {
  type Answer,
  ask,
  bearer,
  claimById,
  claimedOrder,
  confirm,
  eventually,
  expire,
  loginStaff,
  newestToken,
  ownClaims,
  post,
  request,
  resend,
  withToken,
} from "./claims"
import { everyBus } from "./buses"
import { eventTokenOf } from "./event-token"
import { redisContents } from "./redis-contents"
import {
  type LoggedIn,
  newShop,
  type ReceivedMail,
  type Redis,
  type Shop,
  startRedis,
} from "./stock-store"

jest.setTimeout(180_000)

const SECRET = "a jwt secret for tests, long enough to be one"
const JWT = /eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/
const CLAIM_REQUESTED = "order-update-token.created"
const EMAIL = "greta@example.com"
/** The ways in which mail servers quote a mail in their refusal. */
const quotes: Record<string, (mail: ReceivedMail) => string> = {
  "its text": ({ text }) => /\S*token=\S+/.exec(text)![0],
  "its HTML": ({ html }) => /<a[^>]+token\S+?>/.exec(html)![0],
  "its source, on one line": ({ raw }) =>
    raw
      .slice(raw.indexOf("shop.example/claim"))
      .slice(0, 450)
      .replace(/[\r\n]+/g, " "),
  "its source, with the soft breaks undone": ({ raw }) =>
    raw
      .replace(/=\r\n/g, "")
      .replace(/^[^]*?(?=shop\.example\/claim)/, "")
      .slice(0, 450)
      .replace(/[\r\n]+/g, " "),
  // The signature; the rest of a token can be had from its claim's row.
  "the last line of its link": ({ raw }) => /[^\r\n]*#orders/.exec(raw)![0],
}

describe.each(everyBus)("the token, on the %s bus", (bus) => {
  let redis: Redis | undefined
  let shop: Shop
  let clara: LoggedIn
  let staff: string
  /** The tokens whose signatures nobody may find. */
  const tokens = new Set<string>()
  const answers: string[] = []
  const tables: string[] = []
  const inRedis: string[] = []

  const keep = ({ status, text, headers }: Answer): number => {
    answers.push(JSON.stringify([text, [...headers]]))
    return status
  }
  const withEvery = async (act: (token: string) => Promise<Answer>) => {
    for (const token of tokens) keep(await act(token))
  }

  /** Every column of every table; core's own event apart, which carries its token. */
  const lookEverywhere = async () => {
    const names = await shop.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`
    )
    const dumps = names.map(({ name }) => {
      const where =
        name === "staged_job" ? `WHERE event_name <> '${CLAIM_REQUESTED}'` : ""
      return `SELECT '${name}' AS name, string_agg(t::text, ' ') AS dump
              FROM "${name}" t ${where}`
    })
    tables.push(JSON.stringify(await shop.query(dumps.join(" UNION ALL "))))
    if (redis) inRedis.push(await redisContents(redis.url, CLAIM_REQUESTED))
  }

  beforeAll(async () => {
    redis = bus === "redis" ? await startRedis() : undefined
    shop = await newShop({
      ...(redis && { bus: { redisUrl: redis.url } }),
      env: { JWT_SECRET: SECRET },
      pluginOptions: {
        limits: false,
        delivery: { first_retry: "1s", longest_retry: "1s" },
      },
    })
    clara = await shop.registerCustomer({ email: "clara@example.com" })
    staff = await loginStaff(shop)
  })
  afterAll(async () => {
    await shop?.close()
    await redis?.stop()
  })

  it("travels through the whole flow", async () => {
    const quoting = Object.values(quotes)
    let refusals = 0
    shop.mail.onData = (mail) => {
      const found = JWT.exec(mail.text)
      if (!found) return undefined
      tokens.add(found[0])
      const quote = quoting[refusals++]
      const message = `not now: <${EMAIL}>: ${quote?.(mail) ?? ""}`
      return quote && { code: 451, message }
    }
    const order = await shop.guestOrder(EMAIL)
    const { id } = await ask(shop, clara, [order.id])
    await lookEverywhere()
    await newestToken(shop, id)
    expect((await claimById(shop, id)).deliveries).toHaveLength(
      quoting.length + 1
    )
    await lookEverywhere()

    shop.mail.onData = (mail) => {
      tokens.add(JWT.exec(mail.text)![0])
      const message = `no: <${EMAIL}>: ${quotes["its text"]!(mail)}`
      return { code: 552, message }
    }
    expect(keep(await resend(shop, staff, id))).toBe(400)
    await lookEverywhere()
    shop.mail.onData = undefined
    expect(keep(await resend(shop, staff, id))).toBe(200)
    tokens.add(await newestToken(shop, id))
    tokens.add(await eventTokenOf(shop, id, SECRET))
    await expire(shop, id)
    const lookUp = (token: string) => withToken(shop, "lookup", token)
    const renew = (token: string) => withToken(shop, "renew", token)
    await withEvery(lookUp)
    await withEvery(renew)
    const token = await newestToken(shop, id)
    tokens.add(token)
    await withEvery(renew)
    await lookEverywhere()

    const other = await claimedOrder(shop, clara, "other@example.com")
    tokens.add(other.token)
    tokens.add(await eventTokenOf(shop, other.claim.id, SECRET))
    expect(keep(await withToken(shop, "decline", other.token))).toBe(200)

    expect(keep(await confirm(shop, token))).toBe(200)
    await withEvery((each) => confirm(shop, each))
    await withEvery(lookUp)
    await withEvery((each) => withToken(shop, "decline", each))
    await eventually(
      async () => !(await claimById(shop, id)).to_notify.length,
      "both sides to be told"
    )
    await lookEverywhere()
    expect(tokens.size).toBe(7)
  })

  it("travels through requests that fail", async () => {
    const paths = [
      "/store/orders/customer/confirm",
      "/store/order-claims/lookup",
      "/store/order-claims/decline",
      "/store/order-claims/renew",
    ]
    for (const path of paths) {
      const url = shop.url + path
      await withEvery((token) => post(url, `{ "token": "${token}"`))
      await withEvery((token) => post(url, { token, other: token }))
      await withEvery((token) => post(url, { token: [token] }))
      await withEvery((token) =>
        post(url, { token }, { authorization: `Bearer ${token}` })
      )
    }
    // The database fails in the middle.
    await shop.query("ALTER TABLE order_claim RENAME TO order_claim_gone")
    for (const path of paths) {
      const [token] = tokens
      expect(keep(await post(shop.url + path, { token }))).toBe(500)
    }
    await withEvery((token) => confirm(shop, token))
    await shop.query("ALTER TABLE order_claim_gone RENAME TO order_claim")

    for (const list of [
      await ownClaims(shop, clara),
      await request("GET", `${shop.url}/admin/order-claims`, bearer(staff)),
      await request(
        "GET",
        `${shop.url}/admin/notifications?fields=id,data,to,event_name,resource_id,created_at&expand=resends`,
        bearer(staff)
      ),
    ]) {
      expect(keep(list)).toBe(200)
    }
    await lookEverywhere()
  })

  it("travels in the query of a URL, as an address does in a search", async () => {
    const [token] = tokens
    const search = `/admin/order-claims?q=${EMAIL}`
    const found = await request("GET", shop.url + search, bearer(staff))
    expect(found.body.count).toBe(1)

    for (const [method, path] of [
      ["GET", search],
      ["OPTIONS", search],
      ["GET", `/Admin/order-claims/?q=${encodeURIComponent(EMAIL)}`],
      ["GET", `/store/order-claims?q=${EMAIL}&token=${token}`],
      ["POST", `/store/order-claims/lookup?token=${token}`],
      ["POST", `/store/orders/customer/confirm?token=${token}&to=${EMAIL}`],
    ] as const) {
      const page = { referer: `${shop.url}/app/claims?q=${EMAIL}&t=${token}` }
      const answer = await request(method, shop.url + path, page)
      expect(keep(answer)).toBeLessThan(500)
    }
    expect(shop.store.log()).toContain("GET /admin/order-claims HTTP")
  })

  /** Also in pieces, as the lines of a mail's source break it. */
  const leaks = (text: string) => {
    const glued = text.replace(/=?(?:\s|\\[rnt])+/g, "")
    return [...tokens].filter((token) => {
      const signature = token.split(".")[2]!
      return text.includes(signature) || glued.includes(signature)
    })
  }

  it("would be found, whole or in pieces", () => {
    const [token] = tokens as unknown as [string]
    const broken = `${token.slice(0, -20)}=\r\n${token.slice(-20)}`
    for (const leak of [`at ${token} in`, broken, JSON.stringify(broken)]) {
      expect(leaks(leak)).toEqual([token])
    }
  })

  it("is in no table", () => {
    expect(tables.join()).toContain("not now: ")
    expect(leaks(tables.join())).toEqual([])
  })

  it("is in no answer of the API", () => {
    expect(answers.join()).toContain("oclaim_")
    expect(answers.join()).toContain("order_claim_superseded")
    expect(answers.join()).not.toMatch(JWT)
    expect(leaks(answers.join())).toEqual([])
  })

  it("is not in the log, where addresses are masked", () => {
    const log = shop.store.log()
    expect(log).toContain("to g***@example.com sent")
    expect(log).toContain("deferred: ")
    expect(log).toContain("POST /store/orders/customer/confirm")
    expect(leaks(log)).toEqual([])
    expect(log).not.toMatch(JWT)
    expect(log).not.toContain(EMAIL)
    expect(log).not.toContain(encodeURIComponent(EMAIL))
  })

  if (bus === "redis") {
    it("is in Redis only in core's own event", () => {
      expect(inRedis.join()).toContain("RedisEventBusService:")
      expect(leaks(inRedis.join())).toEqual([])
    })
  }
})
