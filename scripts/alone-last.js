const path = require("node:path")
const { default: TestRunner } = require("jest-runner")

/**
 * Jest's runner, but the specs that its option `alone` names run after all the
 * others and one at a time, so that what they measure is theirs. `workers` is how
 * many of the others run side by side.
 */
class AloneLast extends TestRunner {
  constructor(globalConfig, context, options) {
    const maxWorkers = Math.min(globalConfig.maxWorkers, options.workers)
    super({ ...globalConfig, maxWorkers }, context, options)
  }

  async runTests(tests, watcher, options) {
    const isAlone = (test) =>
      this._options.alone.includes(path.basename(test.path, ".spec.ts"))
    const groups = [
      { tests: tests.filter((test) => !isAlone(test)), options },
      { tests: tests.filter(isAlone), options: { ...options, serial: true } },
    ]
    for (const group of groups) {
      if (group.tests.length === 0) continue
      await super.runTests(group.tests, watcher, group.options)
    }
  }
}

module.exports = AloneLast
