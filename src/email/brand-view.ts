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
  /** The button's colour: `#rrggbb`. */
  color: string
  /** Black or white, readable on `color`. */
  text_color: string
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
    name: plainText(brand.name ?? storeName, NAME_LENGTH) || "Our shop",
    url: brand.url,
    logo_url: brand.logo_url,
    color: brand.color,
    text_color: readableOn(brand.color),
    support_email: brand.support_email,
    address: brand.address,
  }
}

/** Black or white, whichever contrasts more (WCAG 2.1, relative luminance). */
function readableOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(color.slice(at, at + 2), 16) / 255
    return channel <= 0.03928
      ? channel / 12.92
      : ((channel + 0.055) / 1.055) ** 2.4
  })
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return luminance > 0.179 ? "#000000" : "#ffffff"
}
