import type { EntityManager } from "typeorm"
import type { Queryable } from "../db/database"
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
 * @param look - reads the outcome before it is committed, and so before anybody can mail
 * about it
 * @throws {OrderClaimRefusal}, `MedusaError` `not_found`, or {WaitedTooLong}
 */
export async function revertAndHandBack<Seen>(
  { confirms, courier }: RevertDependencies,
  store: RevertingStore,
  reverter: Reverter,
  look: (tx: Queryable) => Promise<Seen>
): Promise<Seen> {
  const id =
    reverter.type === "admin" ? reverter.claimId : reverter.token.claimId
  const name = `the revert of ${id}`
  return confirms.inTurn({ id }, name, async () => {
    const [reverted, seen] = await inShopTransaction(
      store.manager,
      name,
      async (tx) => {
        const claim = await revertClaim(tx, reverter, (claim, orders) =>
          handBack(store, tx, claim, orders)
        )
        return [claim, await look(tx)] as const
      }
    )
    if (reverted?.to_notify.length) courier.wake()
    return seen
  })
}
