const { availableParallelism } = require("node:os")
const path = require("node:path")

const { default: TestRunner } = require("jest-runner")

/**
 * Jest's runner, but the specs that its option `first` names begin before all
 * others, so that no core waits for a long one at the end. Those that `last` names
 * run after all the others, one per core, so that what they measure is theirs.
 */
class OrderedRunner extends TestRunner {
  async runTests(tests, watcher, options) {
    const { first, last } = this._options
    const [lasts, others] = split(tests, last)
    const [longest, rest] = split(others, first)
    await this.runSome([...longest, ...rest], watcher, options)

    const { maxWorkers } = this._globalConfig
    this._globalConfig = {
      ...this._globalConfig,
      maxWorkers: Math.min(maxWorkers, availableParallelism()),
    }
    await this.runSome(lasts, watcher, options)
  }

  async runSome(tests, watcher, options) {
    if (tests.length > 0) await super.runTests(tests, watcher, options)
  }
}

/** @returns the specs of these names, and the others */
function split(tests, names) {
  const isNamed = ({ path: file }) =>
    names.includes(path.basename(file, ".spec.ts"))
  return [tests.filter(isNamed), tests.filter((test) => !isNamed(test))]
}

module.exports = OrderedRunner
