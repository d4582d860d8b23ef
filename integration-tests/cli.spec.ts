import { mkdtempSync, readdirSync, rmSync } from "fs"
import { createServer, type Server } from "http"
import type { AddressInfo } from "net"
import { tmpdir } from "os"
import { join } from "path"
import { pluginCli } from "./plugin-cli"
import {
  createDatabase,
  startMailServer,
  stockEnvironment,
  templateDatabase,
  theHarness,
  type MailServer,
} from "./stock-store"

describe("npx medusa-plugin-order-claim, in a stock store", () => {
  let mail: MailServer
  let storefront: Server
  let env: NodeJS.ProcessEnv

  beforeAll(async () => {
    mail = await startMailServer()
    storefront = createServer((_, response) => response.end())
    await new Promise<void>((ready) => storefront.listen(0, ready))
    const { port } = storefront.address() as AddressInfo
    const databaseUrl = await createDatabase(theHarness().postgresPort, {
      template: templateDatabase,
    })
    env = {
      ...stockEnvironment({ databaseUrl }),
      SMTP_URL: mail.url,
      CLAIM_URL: `http://localhost:${port}/claim`,
    }
  })
  afterAll(async () => {
    storefront?.close()
    await mail?.stop()
  })

  const cli = (line: string[], changes: NodeJS.ProcessEnv = {}) =>
    pluginCli(line, { ...env, ...changes })

  it("doctor finds everything in order", async () => {
    const { code, out, err } = await cli(["doctor"])

    expect({ code, err }).toEqual({ code: 0, err: "" })
    expect(out).toContain("✓ options: all valid")
    expect(out).toContain("✓ database: the table order_claim is there")
    expect(out).toContain("✓ database rights: the role ")
    expect(out).toContain("✓ backlog: no email is waiting; none failed")
    expect(out).toContain("✓ mail server: responds")
    expect(out).toContain("Everything is in order.")
  })

  it("doctor names each thing that is wrong, and ends with 1", async () => {
    const { code, out, err } = await cli(["doctor"], {
      DATABASE_URL: await createDatabase(theHarness().postgresPort),
      SMTP_URL: "smtp://127.0.0.1:9",
      JWT_SECRET: "supersecret",
    })

    expect(code).toBe(1)
    expect(out).toMatch(/✗ database: .*run npx medusa migrations run/)
    expect(out).toMatch(/✗ mail server: .*ECONNREFUSED/)
    expect(out).toMatch(/✗ projectConfig\.jwt_secret: /)
    expect(err).toBe("order-claim: 3 problems, see above\n")
  })

  it("doctor names an option that the start would refuse", async () => {
    const { code, out } = await cli(["doctor"], { CLAIM_FROM: "nobody" })

    expect(code).toBe(1)
    expect(out).toMatch(/✗ options: .*from: expected a sender/)
  })

  it("send-test sends one mail through the store's transport", async () => {
    const { code, out } = await cli([
      ...["send-test", "--to", "you@shop.example", "--locale", "de"],
    ])
    const [sent] = await mail.waitForMails(1)

    expect(code).toBe(0)
    expect(out).toContain("Sent: 250")
    expect(sent?.envelope.to).toEqual(["you@shop.example"])
    expect(sent?.html).toContain('lang="de"')
  })

  it("send-test sends the mail to the claimant's own address", async () => {
    const to = "own@shop.example"
    const { code } = await cli([
      ...["send-test", "--to", to, "--locale", "en", "--own-address"],
    ])
    const [sent] = await mail.waitForMails(1, { to })

    expect(code).toBe(0)
    expect(sent?.subject).toContain("Add order #1042 to your account?")
  })

  it("send-test names each invalid option, and no stack", async () => {
    const line = ["send-test", "--to", "you@shop.example"]
    const { code, err } = await cli(line, {
      CLAIM_FROM: "nobody",
      SMTP_URL: "smpt://x",
    })

    expect(code).toBe(1)
    expect(err.split("\n")).toEqual([
      "order-claim: 2 problems in the plugin's options:",
      expect.stringMatching(/^ {2}from: expected a sender .*; got "nobody"$/),
      expect.stringMatching(
        /^ {2}transport: expected an SMTP URL such as "smtp:\/\/user:password@/
      ),
      "",
    ])
  })

  it("preview writes the messages of this shop", async () => {
    const out = mkdtempSync(join(tmpdir(), "order-claim-preview-"))
    try {
      const { code } = await cli(["preview", "--locale", "ar", "--out", out])

      expect(code).toBe(0)
      expect(readdirSync(out)).toEqual(
        expect.arrayContaining([
          "index.html",
          "ar-claim-request-dark.html",
          "ar-claim-request-own-address.html",
        ])
      )
    } finally {
      rmSync(out, { recursive: true })
    }
  })

  it.each([[[]], [["preview"]], [["send-test"]], [["doctor"]], [["erase"]]])(
    "helps with %j",
    async (command) => {
      const { code, out } = await cli([...command, "--help"])

      expect(code).toBe(0)
      expect(out).toContain(
        `Usage: medusa-plugin-order-claim ${command.join("")}`.trim()
      )
    }
  )

  it.each([
    [["send-test"], "required option '--to <address>' not specified"],
    [["preview", "--locale", "xx"], "--locale xx: expected a language"],
    [["--config", "elsewhere.js", "doctor"], "there is no elsewhere.js here"],
    [["docter"], "unknown command 'docter'; did you mean doctor?"],
    [["doctor", "--confg"], "unknown option '--confg'; did you mean --config?"],
    [["erase"], "required option '--email <address>' not specified"],
    [["erase", "--email", "greta"], "Expected exactly one email address"],
  ])("says in one line what is wrong with %j", async (line, words) => {
    const { code, err } = await cli(line)

    expect(code).toBe(1)
    expect(err).toContain(words)
    expect(err.trim().split("\n")).toHaveLength(1)
  })
})
