import type { ClaimSubject } from "../actions/examine"
import { pickById } from "../db/pick"
import { storefrontOrder, StorefrontOrderRow } from "../db/storefront-orders"
import type { BrandSettings } from "../email/brand-view"
import type { AskStorefront } from "../options/ask-storefront"
import { brand as brandOptions } from "../options/brand"
import type { PageState } from "./page-state"

/** The brand and the language of a page. */
export interface Look {
  brand: BrandSettings
  storeName: string | undefined
  /** The language, if the shop has chosen one for this page. */
  locale?: string
  /** The reason why the shop's function has not chosen the look. */
  error?: unknown
}

/** The part of a page on which its look depends. */
interface LookedAt {
  state: PageState
  subject?: ClaimSubject | undefined
  /** The claim's locale; `null` for the shop's own. */
  locale?: string | null | undefined
}

/** The parts that choose looks. */
export interface LookDependencies {
  settings: { brand: BrandSettings; locale: string }
  /** Left out in a shop without the option `storefront`. */
  storefront: AskStorefront | undefined
  /** Loads the name of the store, as set in the admin. */
  loadStoreName: () => Promise<string | undefined>
  /** Loads the orders for the option `storefront`. */
  loadOrders: (ids: string[]) => Promise<Map<string, StorefrontOrderRow>>
}

/** The look of no brand: better than that of another one. */
const NEUTRAL: Look = { brand: brandOptions.parse({}), storeName: undefined }

/** Chooses the looks of pages. */
export class Looks {
  constructor(private readonly dependencies: LookDependencies) {}

  /** True if the shop chooses the look of each page. */
  get areChosen(): boolean {
    return this.dependencies.storefront !== undefined
  }

  /** Chooses the look of a page; it is neutral if that fails. Never rejects. */
  async of(page: LookedAt): Promise<Look> {
    const { storefront, settings } = this.dependencies
    const { subject, state } = page
    if (storefront && subject) return this.chosen(storefront, subject, page)
    // Something broke before the claim was found: its brand is not known.
    if (storefront && state === "failed") return NEUTRAL
    return this.dressed(settings.brand)
  }

  private async chosen(
    storefront: AskStorefront,
    { claim, orderIds }: ClaimSubject,
    { locale }: LookedAt
  ): Promise<Look> {
    const { settings, loadOrders } = this.dependencies
    try {
      const orders = pickById(await loadOrders(orderIds), orderIds)
      const chosen = await storefront({
        message: "hosted-page",
        locale: locale ?? settings.locale,
        claim: { ...claim, order_ids: [...claim.order_ids] },
        orders: orders.map(storefrontOrder),
      })
      return { ...(await this.dressed(chosen.brand)), locale: chosen.locale }
    } catch (error) {
      return { ...NEUTRAL, error }
    }
  }

  private async dressed(brand: BrandSettings): Promise<Look> {
    return { brand, storeName: brand.name ?? (await this.storeName()) }
  }

  /** Ignores a failure: the page must be shown even if the database is down. */
  private storeName(): Promise<string | undefined> {
    return this.dependencies.loadStoreName().catch(() => undefined)
  }
}
