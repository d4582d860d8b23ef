/** `npm run docs`: writes what the sources say of themselves into the documents. */
import { readFileSync, writeFileSync } from "fs"
import { format } from "prettier"
import { documents, withReference } from "./reference"

async function main(): Promise<void> {
  for (const file of documents) {
    const document = withReference(readFileSync(file, "utf8"))
    writeFileSync(file, await format(document, { parser: "markdown" }))
  }
}

void main()
