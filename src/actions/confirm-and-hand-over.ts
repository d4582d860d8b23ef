import type { EntityManager } from "typeorm"
import type { PresentedToken } from "../claims/claim-token"
import { inShopTransaction } from "../db/shop-transaction"
import { confirmClaim, ConfirmRules } from "./confirm"
import type { Confirms } from "./confirms"
import { CoreServices, handOver } from "./hand-over"
import { confirmWith } from "./presented-claim"

/** The parts that confirm. */
export interface ConfirmDependencies {
  confirms: Confirms
  rules: ConfirmRules
  /** Called when there is a mail about the confirm. */
  courier: { wake(): void }
}

/** The part of a store that confirms. */
export interface ConfirmingStore extends CoreServices {
  manager: EntityManager
}

/**
 * Confirms the claim of a token and moves its orders, in a transaction on one of the
 * shop's connections. The same confirm while one is running joins it, and has its
 * outcome.
 *
 * @param customerId - the logged-in customer, if any
 * @throws {OrderClaimRefusal}, `MedusaError` `unauthorized`, or {WaitedTooLong}
 */
export async function confirmAndHandOver(
  { confirms, rules, courier }: ConfirmDependencies,
  store: ConfirmingStore,
  token: PresentedToken,
  customerId?: string
): Promise<void> {
  await confirms.run(token, customerId, async () => {
    const name = confirmWith(token)
    const confirmation = await inShopTransaction(store.manager, name, (tx) =>
      confirmClaim(
        tx,
        token,
        rules,
        (confirmation) => handOver(store, tx, confirmation),
        customerId
      )
    )
    if (confirmation?.claim.to_notify.length) courier.wake()
  })
}
