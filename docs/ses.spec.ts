import {
  blockWith,
  expectMail,
  fails,
  json,
  run,
  send,
  sent,
  service,
} from "./mail-service"

describe("Amazon SES", () => {
  // the SDK's own way to name another server, and to be logged in
  const forSdk = {
    AWS_ENDPOINT_URL: "",
    AWS_ACCESS_KEY_ID: "id",
    AWS_SECRET_ACCESS_KEY: "secret",
  }
  const before = { ...process.env }
  beforeAll(() => {
    Object.assign(process.env, forSdk, { AWS_ENDPOINT_URL: service.origin })
  })
  afterAll(() => {
    for (const name of Object.keys(forSdk)) {
      if (name in before) process.env[name] = before[name]
      else delete process.env[name]
    }
  })

  const option = () => run(blockWith("client-sesv2"), "none")

  it("gets the mail", async () => {
    service.answer = { status: 200, body: '{"MessageId":"0100018c"}' }
    const outcome = await send(option())

    expect(outcome).toEqual({ type: "accepted", response: "0100018c" })
    expect(sent()).toMatchObject({
      method: "POST",
      url: "/v2/email/outbound-emails",
    })
    expect(sent().headers.authorization).toContain("/eu-central-1/ses/")
    const { Content, ...envelope } = json() as {
      Content: { Raw: { Data: string } }
    }
    expect(envelope).toEqual({
      Destination: { ToAddresses: ["greta@example.com"] },
      FromEmailAddress: expect.stringContaining(
        "<orders@shop.example>"
      ) as string,
    })
    await expectMail(Buffer.from(Content.Raw.Data, "base64"))
  })

  it("is not waited for longer than the SDK is told", async () => {
    service.answer = "none"
    const code = blockWith("client-sesv2")
    const impatient = code.replace(
      "requestTimeout: 9_000",
      "requestTimeout: 300"
    )
    expect(impatient).not.toBe(code)

    const outcome = await send(run(impatient, "none"))
    expect(outcome).toMatchObject({
      type: "deferred",
      response: expect.stringContaining("300 ms") as string,
    })
    expect(service.requests).toHaveLength(1)
  })

  const error = (name: string) => ({ "x-amzn-errortype": name })
  fails(option, [
    [
      "an address that it cannot mail to",
      "refused",
      400,
      '{"message":"Local address contains control or whitespace"}',
      error("BadRequestException"),
    ],
    [
      "an unverified sender",
      "deferred",
      400,
      '{"message":"Email address is not verified."}',
      error("MessageRejected"),
    ],
    [
      "a paused account",
      "deferred",
      400,
      '{"message":"Email sending is paused."}',
      error("SendingPausedException"),
    ],
    [
      "wrong credentials",
      "deferred",
      403,
      '{"message":"The security token included in the request is invalid."}',
      error("UnrecognizedClientException"),
    ],
    [
      "too many requests",
      "deferred",
      429,
      '{"message":"Maximum sending rate exceeded."}',
      error("TooManyRequestsException"),
    ],
    [
      "a failure of the service",
      "deferred",
      500,
      '{"message":"Internal failure"}',
      error("InternalFailure"),
    ],
  ])
})
