/** `npm run docs`: writes what the sources say into the documents and the types of options. */
import { writeFileSync } from "fs"
import { documents } from "./reference"
import { updated } from "./updated"

for (const file of documents) writeFileSync(file, updated(file))
