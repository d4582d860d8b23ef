import { generateEntityId } from "@medusajs/medusa/dist/utils/generate-entity-id"

/** An id as Medusa makes them: a prefix and a ULID, so that they sort by age. */
export function newId(prefix: "oclaim" | "noti" | "job"): string {
  return generateEntityId("", prefix)
}
