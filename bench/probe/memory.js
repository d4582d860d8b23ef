const v8 = require("node:v8")
const { runInNewContext } = require("node:vm")

// Often enough to catch a peak, too seldom to slow the server.
const SAMPLE_MS = 50

// Gets the collector without a flag on the store's command line.
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

/** Measures after a collection, or garbage would count as memory. */
exports.measureHeld = () => {
  collectGarbage()
  return measure()
}
