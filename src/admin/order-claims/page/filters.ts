import type { ClaimStatus } from "../../../claims/claim"
import { isTime } from "./input-time"
import { STATUS_GROUPS } from "./status-groups"

/** The part of the claims that the page shows. */
export interface Filters extends AddressFilters {
  /** An address, or its beginning, or an order's number. */
  q: string
}

/** The filters that the address of the page holds: they name nobody. */
export interface AddressFilters {
  status: ClaimStatus[]
  /** The first day, as `YYYY-MM-DD`. */
  from: string
  /** The last day. */
  to: string
  orderId: string
  /** Only claims with a failed email about a confirmation or a revert. */
  failedNotices: boolean
}

const STATUSES = new Set<string>(STATUS_GROUPS.flatMap(({ status }) => status))
const isStatus = (text: string): text is ClaimStatus => STATUSES.has(text)

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** True if a text is a day that a filter can have. */
export const isDay = (text: string): boolean => DAY.test(text) && isTime(text)

const day = (text: string | null): string => (text && isDay(text) ? text : "")

/** Reads the filters from an address. What it does not know is no filter. */
export const readFilters = (params: URLSearchParams): AddressFilters => ({
  status: params.getAll("status").filter(isStatus),
  from: day(params.get("from")),
  to: day(params.get("to")),
  orderId: params.get("order_id") ?? "",
  failedNotices: params.get("failed_notices") === "true",
})

/** Writes the filters for an address; the list then begins with the newest claim. */
export function writeFilters(filters: AddressFilters): URLSearchParams {
  const { status, from, to, orderId, failedNotices } = filters
  const params = new URLSearchParams(status.map((one) => ["status", one]))
  for (const [name, value] of Object.entries({ from, to })) {
    if (value) params.set(name, value)
  }
  if (orderId) params.set("order_id", orderId)
  if (failedNotices) params.set("failed_notices", "true")
  return params
}

/** True if the filters leave nothing out. */
export const isEverything = (filters: Filters): boolean =>
  filters.q === "" && writeFilters(filters).toString() === ""

/** The filters as `GET /admin/order-claims` takes them; days are those of the reader's clock. */
export function toQuery(filters: Filters) {
  const { status, q, from, to, orderId, failedNotices } = filters
  const createdAt = {
    ...(from && { gte: startOf(from).toISOString() }),
    ...(to && { lt: startOf(to, 1).toISOString() }),
  }
  return {
    ...(status.length && { status }),
    ...(q.trim() && { q: q.trim() }),
    ...(orderId && { order_id: orderId }),
    ...(failedNotices && { failed_notices: true }),
    ...(Object.keys(createdAt).length && { created_at: createdAt }),
  }
}

function startOf(text: string, later = 0): Date {
  const [year = 0, month = 1, date = 1] = text.split("-").map(Number)
  return new Date(year, month - 1, date + later)
}

/** The filters of the whole list. */
export const NO_FILTERS: Filters = {
  ...readFilters(new URLSearchParams()),
  q: "",
}
