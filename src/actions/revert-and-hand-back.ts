import type { EntityManager } from "typeorm"
import { inShopTransaction } from "../db/shop-transaction"
import type { Confirms } from "./confirms"
import { GiveBackServices, handBack } from "./hand-back"
import { Reverter, revertClaim } from "./revert"

/** The parts that revert. */
export interface RevertDependencies {
  confirms: Confirms
  /** Called when there is a mail about it. */
  courier: { wake(): void }
}

/** The part of a store that reverts. */
export interface RevertingStore extends GiveBackServices {
  manager: EntityManager
}

/**
 * Gives the orders of a confirmed claim back, in a transaction on one of the shop's
 * connections. It takes turns with the confirms.
 *
 * @throws {OrderClaimRefusal}, `MedusaError` `not_found`, or {WaitedTooLong}
 */
export async function revertAndHandBack(
  { confirms, courier }: RevertDependencies,
  store: RevertingStore,
  reverter: Reverter
): Promise<void> {
  const id =
    reverter.type === "admin" ? reverter.claimId : reverter.token.claimId
  const name = `the revert of ${id}`
  await confirms.inTurn({ id }, name, async () => {
    const reverted = await inShopTransaction(store.manager, name, (tx) =>
      revertClaim(tx, reverter, (claim, orders) =>
        handBack(store, tx, claim, orders)
      )
    )
    if (reverted?.to_notify.length) courier.wake()
  })
}
