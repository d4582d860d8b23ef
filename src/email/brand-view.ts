import { Kept } from "../values/kept"
import { edgeOf, readableOn } from "./contrast"
import { plainText } from "./plain-text"

/** The option `brand`, checked. */
export interface BrandSettings {
  name?: string | undefined
  url?: string | undefined
  logo_url?: string | undefined
  /** `#rrggbb` */
  color: string
  support_email?: string | undefined
  address?: string | undefined
}

/** The shop, as every email shows it. */
export interface BrandView {
  /** `brand.name`, or else the store's name. */
  name: string
  /** The shop's front page. */
  url: string | undefined
  /** Its logo. */
  logo_url: string | undefined
  /** The button's color: `#rrggbb`. */
  color: string
  /** Black or white, readable on `color`. */
  text_color: string
  /** The color of the button's border, which stands out from the card, light and dark. */
  border_color: string
  /** The address for readers' questions. */
  support_email: string | undefined
  /** The postal address. */
  address: string | undefined
}

const NAME_LENGTH = 60

/** Makes the view. Without `brand.name` it shows the store's name. */
export function brandView(
  brand: BrandSettings,
  storeName: string | undefined
): BrandView {
  return {
    name: brandName(brand, storeName) || "Our shop",
    url: brand.url,
    logo_url: brand.logo_url,
    color: brand.color,
    ...colorsBeside(brand.color),
    support_email: brand.support_email,
    address: brand.address,
  }
}

/** The name of the brand, or else of the store; empty if neither is known. */
export const brandName = (
  brand: BrandSettings,
  storeName: string | undefined
): string => plainText(brand.name ?? storeName, NAME_LENGTH)

// A shop has one colour, or a few, for all its mails.
const kept = new Kept<Pick<BrandView, "text_color" | "border_color">>()

const colorsBeside = (color: string) =>
  kept.get(color, () => ({
    text_color: readableOn(color),
    border_color: edgeOf(color),
  }))
