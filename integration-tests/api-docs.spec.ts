import {
  ask,
  claimById,
  confirm,
  eventually,
  expire,
  loginStaff,
  newestToken,
  request,
  revertToken,
} from "./claims"
import {
  documentedRequests,
  type DocumentedRequest,
  parseRequests,
} from "./documented-requests"
import { differences } from "./same-shape"
import {
  createProduct,
  type LoggedIn,
  sharedShop,
  type Shop,
} from "./stock-store"

jest.setTimeout(180_000)

const documented = documentedRequests()

const CLAIMANT = "clara@example.com"

describe("docs/api.md", () => {
  let shop: Shop
  let staff: string
  let variantId: string
  let claimants: LoggedIn[]

  beforeAll(async () => {
    shop = await sharedShop()
    staff = await loginStaff(shop)
    const product = await createProduct(await shop.loginAdmin(), {
      title: "Medusa T-Shirt",
    })
    variantId = product.variants[0]!.id!
    claimants = await Promise.all(
      documented.map((_, n) =>
        shop.registerCustomer({ email: `clara-${n}@example.com` })
      )
    )
  })
  afterAll(() => shop?.close())

  it("documents every route", () => {
    const routes = documented.map(
      ({ method, path }) => `${method} ${path.split("?")[0]}`
    )
    expect([...new Set(routes)].sort()).toEqual([
      "DELETE /store/order-claims/{{claim_id}}",
      "GET /admin/order-claims",
      "GET /store/order-claims",
      "POST /admin/order-claims",
      "POST /admin/order-claims/retry",
      "POST /admin/order-claims/{{claim_id}}/cancel",
      "POST /admin/order-claims/{{claim_id}}/resend",
      "POST /admin/order-claims/{{confirmed_id}}/revert",
      "POST /store/order-claims",
      "POST /store/order-claims/decline",
      "POST /store/order-claims/lookup",
      "POST /store/order-claims/renew",
      "POST /store/order-claims/revert",
      "POST /store/orders/customer/confirm",
    ])
  })

  it.each(documented.map((example, n) => ({ ...example, n })))(
    "is true about $title",
    async ({ n, ...example }) => {
      const claimant = claimants[n]!
      const uses = (value: string) =>
        JSON.stringify(example).includes(`{{${value}}}`)
      const isOwn = uses("own_token")
      const placed = await shop.placeGuestOrder({
        email: isOwn ? claimant.customer.email : "greta@example.com",
        items: [{ variant_id: variantId }],
      })
      const { id } = await ask(shop, claimant, [placed.id])
      const token = await newestToken(shop, id)
      if (uses("expired_token")) await expire(shop, id)
      const isConfirmed = uses("revert_token") || uses("confirmed_id")
      const revert_token = isConfirmed ? await confirmed(id, token) : ""
      const unclaimed = uses("guest_order_id")
        ? await shop.guestOrder("greta@example.com")
        : undefined

      const { status, text } = await send(example, {
        token,
        expired_token: token,
        own_token: token,
        revert_token,
        claim_id: id,
        confirmed_id: id,
        order_id: placed.id,
        guest_order_id: unclaimed?.id ?? "",
        customer_id: claimant.customer.id,
        customer_token: claimant.token,
        admin_token: staff,
      })
      const isText = typeof example.answer === "string"
      // Each example has a claimant of its own.
      const inGeneral = text.replaceAll(claimant.customer.email, CLAIMANT)
      const answer = isText ? text : (JSON.parse(inGeneral) as unknown)
      expect([status, ...differences(example.answer, answer)]).toEqual([
        example.status,
      ])
    }
  )

  /** Confirms a claim; both sides have their mail about it afterwards. */
  const confirmed = async (id: string, token: string): Promise<string> => {
    await confirm(shop, token)
    await eventually(async () => {
      const { leased_by, next_attempt_at } = await claimById(shop, id)
      return !leased_by && !next_attempt_at
    }, `both mails about ${id}`)
    return revertToken(shop, id)
  }

  const send = (
    { method, path, headers, body }: DocumentedRequest,
    values: Record<string, string>
  ) => {
    const fill = (text: string) =>
      text.replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) => {
        const value = values[name]
        if (value === undefined) throw new Error(`what is ${placeholder}?`)
        return value
      })
    const filled = Object.entries(headers).map(([name, value]) => [
      name,
      fill(value),
    ])
    return request(
      method,
      shop.url + fill(path),
      Object.fromEntries(filled) as Record<string, string>,
      body ? fill(body) : undefined
    )
  }
})

describe("what compares an answer with its documentation", () => {
  const documentedClaim = {
    id: "oclaim_01HF5XQ3W6Z8V7T2J4K9N0M1PD",
    status: "sent",
    order_ids: ["order_01HF5XPZ8K2M4C6B8V0N2X4Z6R"],
    sent_at: "2026-11-21T14:17:01.000Z",
    resolved_at: null,
    limit: 10,
    display_id: 1042,
    deliveries: [{ response: "250 OK" }],
  }
  const answeredClaim = {
    id: "oclaim_01M7YFWT8CZ1Y9QAXBVXYN6RSF",
    status: "sent",
    order_ids: ["order_01M7YFWT8CZ1Y9QAXBVXYN6RSG"],
    sent_at: null,
    resolved_at: "2027-01-01T00:00:00.000Z",
    limit: 10,
    display_id: 3,
    deliveries: [{ response: "250 queued" }],
  }

  it("overlooks what no two shops share", () => {
    expect(differences(documentedClaim, answeredClaim)).toEqual([])
  })

  it.each<[string, object]>([
    ["id", { id: "order_01M7YFWT8CZ1Y9QAXBVXYN6RSF" }],
    ["id", { id: 1 }],
    ["status", { status: "pending" }],
    ["order_ids", { order_ids: [] }],
    ["order_ids", { order_ids: null }],
    ["sent_at", { sent_at: "yesterday" }],
    ["resolved_at", { resolved_at: "soon" }],
    ["limit", { limit: 20 }],
    ["display_id", { display_id: "3" }],
    ["deliveries.0.response", { deliveries: [{ response: null }] }],
    ["deliveries.0.at", { deliveries: [{ response: "250", at: "" }] }],
    ["more", { more: undefined }],
  ])("sees a wrong %s: %j", (field, wrong) => {
    const found = differences(documentedClaim, { ...answeredClaim, ...wrong })
    expect(found).toEqual([expect.stringContaining(`answer.${field}: `)])
  })

  it("sees what is missing", () => {
    const rest = Object.entries(answeredClaim).filter(
      ([key]) => key !== "status"
    )
    expect(differences(documentedClaim, Object.fromEntries(rest))).toEqual([
      "answer.status: missing",
    ])
  })

  it("refuses a request without an answer", () => {
    const block = "```http\nGET /store/order-claims\n```\n"
    expect(() => parseRequests(block)).toThrow("does not say what it returns")
  })
})
