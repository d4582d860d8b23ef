/** `npm run docs`: writes what the sources say of themselves into the documents. */
import { writeFileSync } from "fs"
import { documents } from "./reference"
import { updated } from "./updated"

for (const file of documents) writeFileSync(file, updated(file))
