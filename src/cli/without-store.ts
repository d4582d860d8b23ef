/** A container for a `transport` function that is called without the store. */
export interface EmptyContainer {
  container: Record<string, unknown>
  /** True if the function has looked for something in it. */
  wasAsked: () => boolean
}

/** Makes an empty container. The store's own needs its database, and a start. */
export function emptyContainer(): EmptyContainer {
  let isAsked = false
  const container = new Proxy<Record<string, unknown>>(
    {},
    {
      get: () => {
        isAsked = true
        return undefined
      },
      has: () => {
        isAsked = true
        return false
      },
    }
  )
  return { container, wasAsked: () => isAsked }
}
