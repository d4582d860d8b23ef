import { readFileSync } from "fs"
import { documents, fieldsOf, optionFields } from "./reference"
import { updated } from "./updated"

describe("what the documents say of the sources", () => {
  it.each(documents)("is what npm run docs writes: %s", (file) => {
    const document = readFileSync(file, "utf8")

    expect(document).toMatch(/<!-- (fields|options): |\/\/ from \w+\.ts/)
    expect(document).toBe(updated(file))
  })

  it("leaves no field without a meaning", () => {
    const fields = [
      ...fieldsOf("src/email/request-view.ts", "ClaimRequestView"),
      ...fieldsOf("src/email/confirmed-view.ts", "ClaimConfirmedView"),
      ...optionFields(),
    ]
    expect(fields.filter(({ meaning }) => !meaning)).toEqual([])
  })
})
