import { isTableMissing } from "../table"
import { openDatabase } from "./test-database"

it("the table is there after the plugin's migration, and missing without it", async () => {
  const db = await openDatabase()
  expect(await isTableMissing(db)).toBe(false)
  await db.query("DROP TABLE order_claim")
  expect(await isTableMissing(db)).toBe(true)
  await db.close()
})
