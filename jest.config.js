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

/** Specs that take longest: they begin first. */
const first = [
  "dashboard",
  "storefront",
  "crashes",
  "asking",
  "two-at-once",
  "revert",
  "neighbours",
  "api-docs",
  "limits",
  "outages.db",
  "hostile-values",
]

/** Specs that measure time: they run after the others, one per core. */
const last = [
  "crowded-link",
  "smtp-limits",
  "shutdown",
  "smtp",
  "refused-recipients",
  "storefronts.db",
]

// Most wait for a store to hand out an event (every three seconds) longer than they
// compute, so that a core has time for two of them.
const workers = Math.min(8, 2 * availableParallelism())

// The same for all projects: jest runs those side by side whose runner has the same
// options.
const runner = ["<rootDir>/scripts/ordered-runner.js", { first, last }]

/** The specs that need the database of the stock store, or Chromium. */
const needsMore = ["/node_modules/", "\\.(db|browser)\\.spec\\.ts$"]

const common = {
  transform: { "\\.ts$": swc },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/.cache"],
}

/** @type {import("jest").Config} */
module.exports = {
  maxWorkers: workers,
  // how long a test may hang; what is measured has a bound of its own. Jest reads it
  // here alone, not in a project.
  testTimeout: 60_000,
  reporters: ["default", "<rootDir>/scripts/spec-times.js"],
  projects: [
    {
      displayName: "unit",
      runner,
      testEnvironment: "node",
      testMatch: ["<rootDir>/src/**/__tests__/*.spec.ts"],
      testPathIgnorePatterns: needsMore,
      ...common,
      globalSetup: "<rootDir>/scripts/templates-for-tests.js",
    },
    {
      // the documents, against the code: reading all types takes its time
      displayName: "docs",
      runner,
      testEnvironment: "node",
      testMatch: ["<rootDir>/docs/*.spec.ts"],
      testPathIgnorePatterns: needsMore,
      ...common,
      globalSetup: "<rootDir>/scripts/templates-for-tests.js",
    },
    {
      displayName: "store",
      runner,
      testEnvironment: "<rootDir>/integration-tests/store-environment.ts",
      // next to the code, but with the database of the stock store (*.db.spec.ts)
      // or with Chromium (*.browser.spec.ts)
      testMatch: [
        "<rootDir>/integration-tests/**/*.spec.ts",
        "<rootDir>/src/**/__tests__/*.{db,browser}.spec.ts",
        "<rootDir>/docs/*.db.spec.ts",
      ],
      ...common,
      globalSetup: "<rootDir>/integration-tests/setup.ts",
      globalTeardown: "<rootDir>/integration-tests/teardown.ts",
    },
  ],
}
