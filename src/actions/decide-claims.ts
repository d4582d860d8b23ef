import type { Claim } from "../claims/claim"
import { isOwnAddress } from "../claims/own-address"
import { loadClaimFacts } from "../db/claim-facts"
import type { Queryable } from "../db/database"
import { loadOrderLanguages, OrderLanguage } from "../db/orders"
import { loadTally } from "../db/tally"
import { localeOfCountry, parseLocale } from "../texts/locale"
import { AskedClaim, decideClaim, Decision, OpeningRules } from "./decide-claim"

/** A claim with the decision on it. */
export interface DecidedClaim<Asked extends AskedClaim = AskedClaim> {
  asked: Asked
  decision: Decision
  /** The facts that the claim keeps. */
  facts: Pick<Claim, "own_address" | "locale">
}

/** Decides a batch of claims, in their order, by what is in the database now. */
export async function decideClaims<Asked extends AskedClaim>(
  db: Queryable,
  claims: Asked[],
  rules: OpeningRules
): Promise<DecidedClaim<Asked>[]> {
  const factsOf = await loadClaimFacts(db, claims)
  const languages = await loadOrderLanguages(
    db,
    claims.flatMap(({ order_ids }) => order_ids.slice(0, 1))
  )
  const tally = rules.limits && (await loadTally(db, claims, rules.limits))
  return claims.map((asked) => {
    const facts = factsOf(asked)
    return {
      asked,
      decision: decideClaim(asked, facts, tally, rules),
      facts: {
        own_address: isOwnAddress(asked, facts.claimant),
        locale: localeOf(languages.get(asked.order_ids[0] ?? "")),
      },
    }
  })
}

/** Finds a claim's language, which is that of its first order. */
function localeOf(order: OrderLanguage | undefined): string | null {
  return (
    parseLocale(order?.cart_locale) ?? localeOfCountry(order?.country) ?? null
  )
}
