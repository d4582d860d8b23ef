import {
  isEverything,
  NO_FILTERS,
  readFilters,
  toQuery,
  writeFilters,
} from "../order-claims/page/filters"

const read = (query: string) => ({
  ...readFilters(new URLSearchParams(query)),
  q: "",
})

describe("the filters in the page's address", () => {
  it("are read as they are written", () => {
    const filters = {
      status: ["requested", "pending"] as const,
      q: "",
      from: "2026-11-01",
      to: "2026-11-21",
      orderId: "order_1",
      failedNotices: true,
    }
    const written = writeFilters({ ...filters, status: [...filters.status] })
    expect(read(written.toString())).toEqual(filters)
  })

  it("leave out the search, which may be somebody's address", () => {
    const filters = { ...NO_FILTERS, q: "greta@example.com" }
    const written = writeFilters(filters)
    expect(written.toString()).toBe("")
  })

  it("ignore what nobody knows", () => {
    expect(
      read("?status=open&from=yesterday&to=2026-13-45&colour=red")
    ).toEqual(NO_FILTERS)
    expect(read("?status=open&status=sent").status).toEqual(["sent"])
    expect(read("?failed_notices=1")).toEqual(NO_FILTERS)
  })

  it("ignore years that are half typed, or that no date can follow", () => {
    for (const day of ["0002-11-21", "0202-11-21", "1999-12-31", "9999-12-31"])
      expect([day, read(`?from=${day}&to=${day}`)]).toEqual([day, NO_FILTERS])
    for (const day of ["2000-01-01", "9998-12-31"])
      expect(read(`?from=${day}`).from).toBe(day)
  })

  it("are none for the whole list", () => {
    expect(isEverything(NO_FILTERS)).toBe(true)
    expect(isEverything(read("?before=oclaim_1"))).toBe(true)
    expect(isEverything(read("?status=sent"))).toBe(false)
    expect(isEverything({ ...NO_FILTERS, q: "greta" })).toBe(false)
  })
})

describe("the filters in a request", () => {
  it("begin and end with a day of the reader's own clock", () => {
    const query = toQuery(read("?from=2026-11-01&to=2026-11-30"))
    expect(query).toEqual({
      created_at: {
        gte: new Date(2026, 10, 1).toISOString(),
        lt: new Date(2026, 11, 1).toISOString(),
      },
    })
    const { created_at: last } = toQuery(read("?to=9998-12-31"))
    expect(last?.lt).toMatch(/^9999-01-01T|^9998-12-31T/)
    expect(toQuery(read("?to=2026-11-30"))).toEqual({
      created_at: { lt: new Date(2026, 11, 1).toISOString() },
    })
  })

  it("name only what is chosen", () => {
    expect(toQuery(NO_FILTERS)).toEqual({})
    expect(toQuery(read("?failed_notices=true"))).toEqual({
      failed_notices: true,
    })
    expect(
      toQuery({ ...read("?status=failed&order_id=o"), q: " greta " })
    ).toEqual({
      q: "greta",
      status: ["failed"],
      order_id: "o",
    })
    expect(toQuery({ ...NO_FILTERS, q: "  " })).toEqual({})
  })
})
