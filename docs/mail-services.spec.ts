import {
  blockWith,
  expectMail,
  fails,
  json,
  mail,
  run,
  send,
  sent,
  service,
} from "./mail-service"

describe("Postmark", () => {
  const option = () =>
    run(blockWith("postmarkapp.com/email"), "api.postmarkapp.com")

  it("gets the mail", async () => {
    service.answer = {
      status: 200,
      body: '{"To":"greta@example.com","MessageID":"b7bc2f4a","ErrorCode":0,"Message":"OK"}',
    }
    const outcome = await send(option())

    expect(outcome).toEqual({
      type: "accepted",
      response: `200 ${service.answer.body}`,
    })
    expect(sent()).toMatchObject({ method: "POST", url: "/email" })
    expect(sent().headers).toMatchObject({
      accept: "application/json",
      "content-type": "application/json",
      "x-postmark-server-token": "pm-token",
    })
    expect(json()).toEqual({
      From: '"Hill & \\"Valley\\"" <orders@shop.example>',
      To: "greta@example.com",
      ReplyTo: "help@shop.example",
      Subject: mail.subject,
      HtmlBody: mail.html,
      TextBody: mail.text,
      TrackLinks: "None",
      Headers: [
        { Name: "Auto-Submitted", Value: "auto-generated" },
        { Name: "Message-ID", Value: mail.messageId },
        { Name: "X-PM-KeepID", Value: "true" },
      ],
    })
  })

  fails(option, [
    [
      "an inactive recipient",
      "refused",
      422,
      '{"ErrorCode":406,"Message":"You tried to send to a recipient that has been marked as inactive."}',
    ],
    [
      "an invalid recipient",
      "refused",
      422,
      `{"ErrorCode":300,"Message":"Invalid 'To' address: 'greta@example'."}`,
    ],
    [
      "an unverified sender",
      "deferred",
      422,
      `{"ErrorCode":300,"Message":"Invalid 'From' address: 'orders@shop.example' is not a verified sender signature."}`,
    ],
    [
      "a wrong token",
      "deferred",
      401,
      '{"ErrorCode":10,"Message":"Bad or missing API token."}',
    ],
    [
      "too many requests",
      "deferred",
      429,
      '{"ErrorCode":429,"Message":"Rate limit exceeded."}',
    ],
    ["a failure of the service", "deferred", 500, "oops"],
  ])
})

describe("Resend", () => {
  const option = () => run(blockWith("api.resend.com"), "api.resend.com")

  it("gets the mail, twice under the same key", async () => {
    service.answer = { status: 200, body: '{"id":"49a3999c"}' }
    const outcome = await send(option())

    expect(outcome).toEqual({
      type: "accepted",
      response: '200 {"id":"49a3999c"}',
    })
    expect(sent()).toMatchObject({ method: "POST", url: "/emails" })
    expect(sent().headers).toMatchObject({
      authorization: "Bearer re_key",
      "content-type": "application/json",
      "idempotency-key": expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    })
    expect(json()).toEqual({
      from: '"Hill & \\"Valley\\"" <orders@shop.example>',
      to: "greta@example.com",
      reply_to: "help@shop.example",
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      headers: {
        "Auto-Submitted": "auto-generated",
        "Message-ID": mail.messageId,
      },
    })

    await send(option())
    const keys = service.requests.map(
      ({ headers }) => headers["idempotency-key"]
    )
    expect(keys[1]).toBe(keys[0])
  })

  fails(option, [
    [
      "an invalid recipient",
      "refused",
      422,
      '{"statusCode":422,"name":"validation_error","message":"Invalid `to` field. The email address needs to follow the `email@example.com` format."}',
    ],
    [
      "an invalid sender",
      "deferred",
      422,
      '{"statusCode":422,"name":"invalid_from_address","message":"Invalid `from` field."}',
    ],
    [
      "an unverified domain",
      "deferred",
      403,
      '{"statusCode":403,"name":"validation_error","message":"The shop.example domain is not verified."}',
    ],
    [
      "a request with the same key that is in progress",
      "deferred",
      409,
      '{"statusCode":409,"name":"concurrent_idempotent_requests","message":"Same idempotency key used while original request is still in progress."}',
    ],
    [
      "too many requests",
      "deferred",
      429,
      '{"statusCode":429,"name":"rate_limit_exceeded","message":"Too many requests."}',
    ],
    ["a failure of the service", "deferred", 503, "oops"],
  ])
})

describe("Mailgun", () => {
  const option = () => run(blockWith("api.mailgun.net/v3"), "api.mailgun.net")

  const form = () =>
    new Response(new Uint8Array(sent().body), {
      headers: { "content-type": sent().headers["content-type"]! },
    }).formData()

  it("gets the mail", async () => {
    service.answer = {
      status: 200,
      body: '{"id":"<oclaim_1.1@shop.example>","message":"Queued. Thank you."}',
    }
    const outcome = await send(option())

    expect(outcome.type).toBe("accepted")
    expect(sent()).toMatchObject({
      method: "POST",
      url: "/v3/mg.my-shop.example/messages.mime",
    })
    expect(sent().headers.authorization).toBe(
      `Basic ${Buffer.from("api:mg-key").toString("base64")}`
    )
    const fields = await form()
    expect(fields.get("to")).toBe("greta@example.com")
    expect(fields.get("o:tracking")).toBe("no")
    const file = fields.get("message") as File
    await expectMail(Buffer.from(await file.arrayBuffer()))
  })

  fails(option, [
    [
      "an invalid recipient",
      "refused",
      400,
      `{"message":"'to' parameter is not a valid address. please check documentation"}`,
    ],
    [
      "an invalid sender",
      "deferred",
      400,
      `{"message":"'from' parameter is not a valid address. please check documentation"}`,
    ],
    ["a wrong key", "deferred", 401, "Forbidden"],
    [
      "an unknown domain",
      "deferred",
      404,
      '{"message":"Domain not found: mg.my-shop.example"}',
    ],
    ["too many requests", "deferred", 429, '{"message":"Too many requests"}'],
    ["a failure of the service", "deferred", 500, "oops"],
  ])
})
