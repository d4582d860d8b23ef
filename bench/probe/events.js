// The same clock as in bench/clock.ts, which all processes of the machine share.
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
