import {
  createDatabase,
  query,
  templateDatabase,
  theHarness,
} from "../integration-tests/stock-store"
import { codeBlocks } from "./code-blocks"

const statements = codeBlocks().filter(({ language }) => language === "sql")

describe("the SQL in the docs", () => {
  let databaseUrl: string
  beforeAll(async () => {
    databaseUrl = await createDatabase(theHarness().postgresPort, {
      template: templateDatabase,
    })
  })

  it.each(statements.map(({ at, code }) => [at, code]))(
    "%s runs on the database of a store",
    async (_, code) => {
      expect(await query(databaseUrl, code)).toEqual([])
    }
  )
})
