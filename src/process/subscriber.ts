import type { EventBusService } from "@medusajs/medusa"

/** The argument with which 1.18 and later call a function subscriber. */
interface SubscriberArguments {
  data: unknown
  container: { resolve(name: string): unknown }
}

/** The argument with which earlier releases construct every subscriber. */
interface Cradle extends Record<string, unknown> {
  eventBusService: EventBusService
}

/** A subscriber that every release can load. */
export type Subscriber = (given: SubscriberArguments | Cradle) => unknown

/**
 * Makes the subscriber of an event: one plain function for every release. 1.18 and
 * later call it with the event; earlier ones construct it with the container and expect
 * it to subscribe itself. It must not be async: an async function cannot be constructed.
 *
 * @param serviceName - the name of the service that handles the event
 */
export function subscriberOf<Service>(
  event: string,
  serviceName: string,
  handle: (service: Service, data: unknown) => Promise<void>
): Subscriber {
  return function subscriber(given) {
    if (new.target) {
      const { eventBusService, [serviceName]: service } = given as Cradle
      eventBusService.subscribe(event, (data: unknown) =>
        handle(service as Service, data)
      )
      return
    }
    const { data, container } = given as SubscriberArguments
    return handle(container.resolve(serviceName) as Service, data)
  }
}
