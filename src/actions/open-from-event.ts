import {
  MalformedClaimRequest,
  parseClaimRequest,
} from "../claims/claim-request"
import type { Logger } from "../values/logger"
import { logUnmailed } from "./log-unmailed"
import type { OpenedClaim } from "./open-claims"
import type { Opener } from "./opener"

/** The parts that open a claim from an event. */
export interface OpenDependencies {
  opener: Pick<Opener, "open">
  /** Called when there is something to mail. */
  courier: { wake(): void }
  logger: Logger
}

/**
 * Opens the claim that an event asks for; resolves once it is committed. The
 * email leaves afterwards.
 *
 * @param data - the payload of `order-update-token.created`
 * @param recordedByCore - an order whose notification core writes itself
 * @returns `undefined` for a payload that no claim can be opened from: the log
 * says why
 */
export async function openFromEvent(
  { opener, courier, logger }: OpenDependencies,
  data: unknown,
  recordedByCore?: string
): Promise<OpenedClaim | undefined> {
  try {
    const request = parseClaimRequest(data)
    const opened = await opener.open({ ...request, recordedByCore })
    if (opened.isNew && opened.claim.status === "pending") courier.wake()
    else if (opened.isNew) logUnmailed(logger, opened.claim)
    return opened
  } catch (error) {
    if (!(error instanceof MalformedClaimRequest)) throw error
    logger.warn(`order-claim: ${error.message}`)
    return undefined
  }
}
