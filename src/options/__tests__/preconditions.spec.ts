import type { EntityManager } from "typeorm"
import { assertPostgres, readJwtSecret } from "../preconditions"

const listen = () => {
  const errors: string[] = []
  const logger = {
    info: () => undefined,
    warn: () => undefined,
    error: (message: string) => void errors.push(message),
  }
  return { errors, logger }
}

describe("the store's secret", () => {
  it.each([
    [undefined, "is not set"],
    ["", "is not set"],
    ["supersecret", "is Medusa's public default"],
    ["x".repeat(31), "has only 31 characters"],
  ])("is reported if it is weak: %p", (secret, weakness) => {
    const { errors, logger } = listen()
    expect(readJwtSecret(secret, logger)).toBe(secret ?? "")
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatch(/SECURITY/)
    expect(errors[0]).toContain(`projectConfig.jwt_secret ${weakness}.`)
  })

  it("is not in the report", () => {
    const { errors, logger } = listen()
    readJwtSecret("correct horse", logger)
    expect(errors[0]).not.toContain("correct horse")
  })

  it("goes without a word if it is strong", () => {
    const { errors, logger } = listen()
    const secret = "x".repeat(32)
    expect(readJwtSecret(secret, logger)).toBe(secret)
    expect(errors).toEqual([])
  })
})

describe("the store's database", () => {
  const managerOf = (type: string) =>
    ({ connection: { options: { type } } }) as EntityManager

  it("is PostgreSQL", () => {
    expect(() => assertPostgres(managerOf("postgres"))).not.toThrow()
  })

  it.each(["sqlite", "better-sqlite3"])("is not %s", (type) => {
    expect(() => assertPostgres(managerOf(type))).toThrow(
      `needs PostgreSQL, and this store runs on ${type}. Set projectConfig.database_type`
    )
  })
})
