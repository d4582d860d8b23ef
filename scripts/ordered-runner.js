const path = require("node:path")
const { default: TestRunner } = require("jest-runner")

/**
 * Jest's runner, but the specs that its option `first` names begin before all
 * others, so that no core waits for a long one at the end. Those that `alone` names
 * run after all the others and one at a time, so that what they measure is theirs.
 */
class OrderedRunner extends TestRunner {
  async runTests(tests, watcher, options) {
    const { first, alone } = this._options
    const [alones, others] = split(tests, alone)
    const [longest, rest] = split(others, first)
    const groups = [
      { tests: [...longest, ...rest], options },
      { tests: alones, options: { ...options, serial: true } },
    ]
    for (const group of groups) {
      if (group.tests.length === 0) continue
      await super.runTests(group.tests, watcher, group.options)
    }
  }
}

/** @returns the specs of these names, and the others */
function split(tests, names) {
  const isNamed = ({ path: file }) =>
    names.includes(path.basename(file, ".spec.ts"))
  return [tests.filter(isNamed), tests.filter((test) => !isNamed(test))]
}

module.exports = OrderedRunner
