import type { Finding } from "./finding"

/** Reports the event bus. Both work, but the local one may lose events. */
export function checkEventBus(modules: Record<string, unknown>): Finding {
  const what = "event bus"
  const { eventBus } = modules
  const { resolve = eventBus } = Object(eventBus) as { resolve?: unknown }
  const name = typeof resolve === "string" ? resolve : undefined
  if (name && !name.includes("event-bus-local")) {
    return { type: "fine", what, detail: name }
  }
  const detail = `${name ?? "Medusa's own choice"}; @medusajs/event-bus-local loses events if a server is killed, use @medusajs/event-bus-redis in production`
  return { type: "fine", what, detail }
}
