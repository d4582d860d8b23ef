const v8 = require("node:v8")
const { runInNewContext } = require("node:vm")

// often enough to catch a peak, and far too seldom to be felt
const SAMPLE_MS = 50

// the way to a collector without a flag on the store's command line
v8.setFlagsFromString("--expose-gc")
const collectGarbage = runInNewContext("gc")

let peak

const measure = () => {
  const { rss, heapUsed } = process.memoryUsage()
  return { rss, heapUsed }
}

exports.startSampling = () => {
  peak = { rss: 0, heapUsed: 0 }
  const sample = () => {
    const { rss, heapUsed } = measure()
    peak.rss = Math.max(peak.rss, rss)
    peak.heapUsed = Math.max(peak.heapUsed, heapUsed)
  }
  sample()
  const timer = setInterval(sample, SAMPLE_MS).unref()
  return () => {
    clearInterval(timer)
    return peak
  }
}

/** What is really held: garbage would be measured as memory otherwise. */
exports.measureHeld = () => {
  collectGarbage()
  return measure()
}
