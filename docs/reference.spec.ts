import { readFileSync } from "fs"
import { basename } from "path"
import { documents, fieldsOf, withReference } from "./reference"

/** Prettier pads tables; what they say is the same. */
const unpadded = (document: string) =>
  document.replace(/ +\|/g, " |").replace(/-{3,}/g, "---")

describe("what the documents say of the sources", () => {
  it.each(documents)(
    "is what the sources say: %s (else: npm run docs)",
    (file) => {
      const document = readFileSync(file, "utf8")

      expect(document).toMatch(/<!-- (fields|options): /)
      expect(unpadded(document)).toBe(unpadded(withReference(document)))
      expect(basename(file)).toMatch(/\.md$/)
    }
  )

  it("leaves no field without a meaning", () => {
    const fields = [
      ...fieldsOf("src/email/request-view.ts", "ClaimRequestView"),
      ...fieldsOf("src/email/confirmed-view.ts", "ClaimConfirmedView"),
      ...fieldsOf("src/options/options.ts", "OrderClaimOptions"),
    ]
    expect(fields.filter(({ meaning }) => !meaning)).toEqual([])
  })
})
