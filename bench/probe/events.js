// The same clock as bench/clock.ts: every process of the machine reads it alike.
const now = () => Number(process.hrtime.bigint()) / 1e6

const seen = { count: 0, first: null, last: null }

exports.now = now
exports.seen = seen
exports.saw = () => {
  seen.last = now()
  seen.first ??= seen.last
  seen.count += 1
}
exports.forget = () =>
  Object.assign(seen, { count: 0, first: null, last: null })
