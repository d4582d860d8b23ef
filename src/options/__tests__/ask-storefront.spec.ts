import fc from "fast-check"
import { describeError } from "../../values/redact"
import { StorefrontError, storefrontOf } from "../ask-storefront"
import { parseOptions } from "../settings"
import type { Storefront, StorefrontAbout } from "../storefront"

const OPTIONS = {
  claim_url: "https://shop.example/claim",
  from: "Shop <orders@shop.example>",
  reply_to: "help@shop.example",
  brand: { name: "Shop", address: "Hill 1", support_email: "a@shop.example" },
  locale: "fr",
}
const OWN = {
  claimUrl: "https://shop.example/claim",
  from: { name: "Shop", address: "orders@shop.example" },
  replyTo: { name: "", address: "help@shop.example" },
  brand: { ...OPTIONS.brand, color: "#111827" },
  locale: "de",
}
const about = (): StorefrontAbout => ({
  message: "claim-request",
  locale: "de",
  claim: { id: "oclaim_1", customer_id: "cus_1", order_ids: ["order_1"] },
  orders: [
    {
      id: "order_1",
      sales_channel_id: "sc_north",
      region_id: "reg_eu",
      currency_code: "eur",
      metadata: { shop: "north" },
    },
  ],
})

/** Calls a function, whose result may be anything. */
const call = (
  storefront: (...given: Parameters<Storefront>) => unknown,
  { container = {}, ...conditions }: Call = {}
) => {
  const settings = parseOptions({ ...OPTIONS, storefront }, {})
  const ask = storefrontOf(settings, container, { withinMs: 50, ...conditions })
  return ask!(about())
}
interface Call {
  container?: Record<string, unknown>
  env?: { NODE_ENV?: string }
  withinMs?: number
}
const returning = (result: unknown, conditions?: Call) =>
  call(() => Promise.resolve(result), conditions)

/** The error of a call that fails. */
const failure = async (calling: Promise<unknown>): Promise<StorefrontError> => {
  const error: unknown = await calling.then(
    (chosen) => Promise.reject(new Error(JSON.stringify(chosen))),
    (thrown: unknown) => thrown
  )
  expect(error).toBeInstanceOf(StorefrontError)
  return error as StorefrontError
}

describe("the storefront of a claim", () => {
  it("is not asked for in a shop without the option", () => {
    expect(storefrontOf(parseOptions(OPTIONS, {}), {})).toBeUndefined()
  })

  it("is chosen with what is known of the claim, and the container", async () => {
    const container = { productService: {} }
    const given: unknown[] = []
    await call(
      (...all) => {
        given.push(...all)
        return {}
      },
      { container }
    )
    expect(given).toEqual([about(), container])
    expect(given[1]).toBe(container)
  })

  it("comes from the options as far as it is left out", async () => {
    expect(await returning({})).toEqual(OWN)
    expect(await returning({ from: undefined, brand: undefined })).toEqual(OWN)
  })

  it("may be all that the function can choose, at once or later", async () => {
    const result = {
      claim_url: "https://north.example/claim?a=1",
      from: "North <orders@north.example>",
      reply_to: "North help <help@north.example>",
      brand: { name: "North", color: "#aa3300" },
      locale: "de_at",
    }
    const chosen = {
      claimUrl: "https://north.example/claim?a=1",
      from: { name: "North", address: "orders@north.example" },
      replyTo: { name: "North help", address: "help@north.example" },
      brand: { name: "North", color: "#aa3300" },
      locale: "de-AT",
    }
    expect(await returning(result)).toEqual(chosen)
    expect(await call(() => result)).toEqual(chosen)
  })

  it("has no field of the options' brand in a brand of its own", async () => {
    const { brand } = await returning({ brand: { name: "North" } })
    expect(brand).toEqual({ name: "North", color: "#111827" })
  })

  it("does not change with what the function keeps of its result", async () => {
    const brand = { name: "North", color: "#aa3300" }
    const chosen = await call(() => ({ brand }))
    brand.name = "South"
    expect(chosen.brand.name).toBe("North")
  })

  it("keeps the claim's language, whatever the function does to what it gets", async () => {
    const chosen = await call((given) => {
      given.locale = "ja"
      given.orders.pop()
      return {}
    })
    expect(chosen.locale).toBe("de")
  })
})

describe("a storefront function fails", () => {
  const boom = new Error("no brand for sc_north")

  it.each([
    [
      "throws",
      () => {
        throw boom
      },
    ],
    ["rejects", () => Promise.reject(boom)],
  ])("if it %s; the log gets its stack", async (_, storefront) => {
    const error = await failure(call(storefront))
    expect(error.message).toBe("storefront threw Error: no brand for sc_north")
    expect(describeError(error)).toMatch(
      /^StorefrontError: storefront threw Error: no brand for sc_north\ncaused by: Error: no brand for sc_north\n +at .*ask-storefront\.spec/
    )
  })

  it.each([
    ["undefined", undefined, "nothing"],
    ["text", "no", '"no"'],
    ["an object", { code: 1 }, '{"code":1}'],
    [
      "what cannot be shown",
      Object.create(null, {
        toJSON: {
          get() {
            throw boom
          },
        },
      }),
      "[Object: null prototype] {}",
    ],
  ])("if it throws %s", async (_, thrown, shown) => {
    const error = await failure(call(() => Promise.reject(thrown as Error)))
    expect(error.message).toBe(`storefront threw ${shown}`)
    expect(describeError(error)).toContain(error.message)
  })

  it("if it never answers, in time", async () => {
    const never = new Promise(() => undefined)
    const error = await failure(call(() => never))
    expect(error.message).toBe("storefront did not respond within 0.1 s")
  })

  it("if it fails after the time is up, without a rejection that nobody handles", async () => {
    let fail: (error: Error) => void = () => undefined
    const late = new Promise((_, reject) => (fail = reject))
    const unhandled = jest.fn()
    process.on("unhandledRejection", unhandled)
    await failure(call(() => late))
    fail(boom)
    await new Promise(setImmediate)
    process.off("unhandledRejection", unhandled)
    expect(unhandled).not.toHaveBeenCalled()
  })

  it.each([
    [undefined, "its result: expected an object; got nothing"],
    [null, "its result: expected an object; got null"],
    ["north", "its result: expected an object; got a string"],
    [["north"], "its result: expected an object; got an array"],
    [() => ({}), "its result: expected an object; got a function"],
    [
      { from: "nobody" },
      'from: expected a sender such as "My Shop <orders@shop.example>"; got "nobody"',
    ],
    [
      { from: { name: "N", address: "a@b.example" } },
      "from: expected a sender",
    ],
    [
      { from: "N\r\nBcc: x@evil.example <a@b.example>" },
      "from: expected a sender",
    ],
    [
      { from: "N <a@b.example>\nBcc: x@evil.example" },
      "from: expected a sender",
    ],
    [{ reply_to: "a@b.example, c@d.example" }, "reply_to: expected an address"],
    [{ reply_to: "a@b.example\r\nX: 1" }, "reply_to: expected an address"],
    [{ reply_to: null }, "reply_to: expected an address"],
    [{ claim_url: "/claim" }, "claim_url: expected an http(s) URL"],
    [
      { claim_url: "javascript:alert(1)" },
      "claim_url: expected an http(s) URL",
    ],
    [
      { claim_url: () => "https://a.example" },
      "claim_url: expected an http(s) URL",
    ],
    [
      { claim_url: "https://a.example/?token=1" },
      "claim_url: expected a URL without the parameter token",
    ],
    [{ locale: "xx" }, 'locale: expected a tag such as "de"'],
    [{ brand: "north" }, "brand: expected an object with a name"],
    [
      { brand: {} },
      "brand.name: expected one line of text, up to 200 characters; got nothing",
    ],
    [{ brand: { color: "#fff000" } }, "brand.name: expected one line of text"],
    [{ brand: { name: " " } }, "brand.name: expected one line of text"],
    [
      { brand: { name: "N\nBcc: x@evil.example" } },
      "brand.name: expected one line of text",
    ],
    [{ brand: { name: "N", color: "red" } }, "brand.color: expected a color"],
    [
      { brand: { name: "N", colour: "#fff000" } },
      "brand.colour: there is no such option; did you mean brand.color?",
    ],
    [
      { claimUrl: "https://a.example" },
      "claimUrl: there is no such option; did you mean claim_url?",
    ],
    [{ link_ttl: "2h" }, "link_ttl: there is no such option"],
    [{ then: 1 }, "then: there is no such option"],
  ])("if it returns %j", async (result, words) => {
    const error = await failure(call(() => result))
    expect(error.message).toContain(
      `storefront returned invalid values:\n  ${words}`
    )
    expect(error.message).not.toMatch(/Bcc[^"]*\n|link_ttl.*mean/)
  })

  it("with each problem named, not only the first", async () => {
    const { message } = await failure(
      returning({ from: "nobody", reply_too: "a@b.example" })
    )
    expect(message).toMatch(/^ {2}from: expected/m)
    expect(message).toMatch(/^ {2}reply_too: .+ did you mean reply_to\?$/m)
  })

  it.each([
    [
      "throws when it is read",
      {
        get from() {
          throw boom
        },
      },
    ],
    [
      "is a proxy that throws",
      new Proxy(
        {},
        {
          ownKeys() {
            throw boom
          },
        }
      ),
    ],
  ])("if its result %s", async (_, result) => {
    await failure(call(() => result))
  })

  it("if it returns a page on this machine, in production", async () => {
    const result = { claim_url: "http://localhost:8000/claim" }
    const env = { NODE_ENV: "production" }
    const { message } = await failure(returning(result, { env }))
    expect(message).toContain(
      'claim_url: expected a URL that customers can open in production; this one works on the server itself only; got "http://localhost:8000/claim"'
    )
    expect((await returning(result, { env: {} })).claimUrl).toContain(
      "localhost"
    )
  })

  it("if it leaves the page out, and the options have none for production", async () => {
    const storefront = () => ({})
    const env = { NODE_ENV: "production" }
    const settings = parseOptions(
      { from: "a@shop.example", transport: "smtp://mail.example", storefront },
      env
    )
    const ask = storefrontOf(settings, {}, { env })!
    expect((await failure(ask(about()))).message).toMatch(
      /claim_url: expected a URL that customers can open .+; got nothing$/
    )
  })

  it("or is valid, whatever it returns", async () => {
    const value = fc.oneof(fc.anything(), fc.constant("a@b.example"))
    const result = fc.oneof(
      fc.anything(),
      fc.record(
        {
          from: value,
          reply_to: value,
          brand: value,
          claim_url: value,
          locale: value,
        },
        { requiredKeys: [] }
      )
    )
    await fc.assert(
      fc.asyncProperty(result, async (given) => {
        const chosen = await call(() => given).catch((error: unknown) => error)
        if (chosen instanceof StorefrontError) return
        expect(chosen).toMatchObject({
          brand: { name: expect.any(String) as string },
        })
        expect(JSON.stringify(chosen)).not.toMatch(/\\[nr]/)
      })
    )
  })
})
