import { program } from "../program"

describe("the command line", () => {
  /** Runs a line that is wrong, and returns what it says on stderr. */
  const said = async (...line: string[]) => {
    const words: string[] = []
    jest.spyOn(process.stderr, "write").mockImplementation((text) => {
      words.push(String(text))
      return true
    })
    jest.spyOn(process, "exit").mockImplementation((code) => {
      throw new Error(`exit ${code ?? 0}`)
    })
    const running = program().parseAsync(line, { from: "user" })
    await expect(running).rejects.toThrow("exit 1")
    return words.join("")
  }
  afterEach(() => jest.restoreAllMocks())

  it.each([
    [["docter"], "unknown command 'docter'; did you mean doctor?"],
    [["send"], "unknown command 'send'"],
    [["xyz"], "unknown command 'xyz'"],
    [
      ["preview", "--local", "de"],
      "unknown option '--local'; did you mean --locale?",
    ],
    [
      ["erase", "--emial", "a@b.example"],
      "unknown option '--emial'; did you mean --email?",
    ],
    [
      ["doctor", "--confg", "x"],
      "unknown option '--confg'; did you mean --config?",
    ],
    [
      ["erase", "--email", "a@b.example", "c@d.example"],
      "too many arguments for 'erase'. Expected 0 arguments but got 1.",
    ],
    [
      ["preview", "de"],
      "too many arguments for 'preview'. Expected 0 arguments but got 1.",
    ],
    [["send-test"], "required option '--to <address>' not specified"],
    [["erase"], "required option '--email <address>' not specified"],
  ])("says in one line what is wrong with %j", async (line, words) => {
    expect(await said(...line)).toBe(`order-claim: ${words}\n`)
  })
})
