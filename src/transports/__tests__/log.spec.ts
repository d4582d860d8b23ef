import { silentLogger } from "../../values/__tests__/loggers"
import { LogTransport } from "../log"

it("a mail without a transport is written to the log", async () => {
  const lines: string[] = []
  const logger = {
    info: (line: string) => void lines.push(line),
    warn: () => undefined,
    error: () => undefined,
  }
  const transport = new LogTransport(logger)
  const outcome = await transport.send({
    from: { name: "", address: "orders@shop.example" as never },
    replyTo: undefined,
    to: "greta@example.com",
    subject: "Confirm",
    text: "https://shop.example/claim?token=x",
    html: "<p>not here</p>",
    messageId: "<oclaim_1.1@shop.example>",
  })
  transport.close()

  expect(outcome).toEqual({ type: "accepted", response: "written to the log" })
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain("To: greta@example.com\nSubject: Confirm\n\n")
  expect(lines[0]).toContain("https://shop.example/claim?token=x")
  expect(lines[0]).not.toContain("not here")
})

it("a mail that is written to the log waits for no turn", async () => {
  const transport = new LogTransport(silentLogger)
  const turn = await transport.turn()
  expect(transport.turnsLeft).toBe(Infinity)
  expect(() => turn.end(true)).not.toThrow()
})
