const { availableParallelism } = require("node:os")

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

const cores = availableParallelism()

const runner = "<rootDir>/scripts/alone-last.js"

/** Specs that measure time: they run after the others, one at a time. */
const alone = ["smtp", "retries", "shutdown"]

// these compute, and wait for nothing
const unitWorkers = cores

// these wait for a store to hand out an event (every three seconds) longer than
// they compute, so that a core has time for two of them
const storeWorkers = Math.min(8, 2 * cores)

/** @type {import("jest").Config} */
module.exports = {
  maxWorkers: Math.max(unitWorkers, storeWorkers),
  reporters: ["default", "<rootDir>/scripts/spec-times.js"],
  projects: [
    {
      displayName: "unit",
      runner: [runner, { alone, workers: unitWorkers }],
      testEnvironment: "node",
      testMatch: [
        "<rootDir>/src/**/__tests__/*.spec.ts",
        "<rootDir>/docs/*.spec.ts",
      ],
      testPathIgnorePatterns: ["/node_modules/", "\\.db\\.spec\\.ts$"],
      transform: { "\\.ts$": swc },
      globalSetup: "<rootDir>/scripts/templates-for-tests.js",
      modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/.cache"],
    },
    {
      displayName: "store",
      runner: [runner, { alone, workers: storeWorkers }],
      testEnvironment: "<rootDir>/integration-tests/store-environment.ts",
      // *.db.spec.ts: next to the code, but with the database of the stock store
      testMatch: [
        "<rootDir>/integration-tests/**/*.spec.ts",
        "<rootDir>/src/**/__tests__/*.db.spec.ts",
        "<rootDir>/docs/*.db.spec.ts",
      ],
      transform: { "\\.ts$": swc },
      // how long a test may hang; what is measured has a bound of its own
      testTimeout: 60_000,
      globalSetup: "<rootDir>/integration-tests/setup.ts",
      globalTeardown: "<rootDir>/integration-tests/teardown.ts",
      modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/.cache"],
    },
  ],
}
