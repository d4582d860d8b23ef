const swc = [
  "@swc/jest",
  {
    jsc: {
      parser: { syntax: "typescript", decorators: true },
      transform: { legacyDecorator: true },
      target: "es2021",
    },
  },
]

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    {
      displayName: "unit",
      testEnvironment: "node",
      testMatch: [
        "<rootDir>/src/**/__tests__/*.spec.ts",
        "<rootDir>/docs/*.spec.ts",
      ],
      testPathIgnorePatterns: ["/node_modules/", "\\.db\\.spec\\.ts$"],
      transform: { "\\.ts$": swc },
      modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/.cache"],
    },
    {
      displayName: "store",
      testEnvironment: "node",
      // *.db.spec.ts: next to the code, but with the database of the stock store
      testMatch: [
        "<rootDir>/integration-tests/**/*.spec.ts",
        "<rootDir>/src/**/__tests__/*.db.spec.ts",
        "<rootDir>/docs/*.db.spec.ts",
      ],
      transform: { "\\.ts$": swc },
      globalSetup: "<rootDir>/integration-tests/setup.ts",
      globalTeardown: "<rootDir>/integration-tests/teardown.ts",
      modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/.cache"],
    },
  ],
}
