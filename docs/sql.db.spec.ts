import {
  createDatabase,
  query,
  templateDatabase,
  theHarness,
} from "../integration-tests/stock-store"
import { codeBlocks } from "./code-blocks"

const statements = codeBlocks().filter(({ language }) => language === "sql")

describe("the SQL in the docs", () => {
  it.each(statements.map(({ at, code }) => [at, code]))(
    "%s runs on the database of a store",
    async (_, code) => {
      const { postgresPort } = theHarness()
      const template = templateDatabase
      const databaseUrl = await createDatabase(postgresPort, { template })
      const run = query(databaseUrl, code)

      // an empty store has no rows to give; several statements have none at all
      expect((await run) ?? []).toEqual([])
    }
  )
})
