/** The card's colours in the mails and on the hosted page: light and dark. */
export const CARDS = ["#ffffff", "#1f2937"]

/** The contrast that the edge of a button needs (WCAG 2.1, 1.4.11). */
export const EDGE_CONTRAST = 3

/** The steps in which a colour is lightened or darkened. */
const STEPS = 32

/** Computes the contrast ratio of two colours, `#rrggbb` (WCAG 2.1): 1 to 21. */
export function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort(
    (a, b) => b - a
  ) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

/** Selects black or white, whichever contrasts more. */
export function readableOn(color: string): string {
  const [black, white] = ["#000000", "#ffffff"] as const
  return contrast(color, black) > contrast(color, white) ? black : white
}

/**
 * Makes the colour of a button's edge: the button's own, lightened or darkened until it
 * stands out from both cards. The same for both, because many mail programs show a card
 * darker and ignore the styles for dark mode.
 */
export function edgeOf(color: string): string {
  const [light, dark] = CARDS as [string, string]
  const target = contrast(color, light) < contrast(color, dark) ? 0 : 255
  for (let step = 0; step < STEPS; step++) {
    const edge = mixed(color, target, step / STEPS)
    if (CARDS.every((card) => contrast(edge, card) >= EDGE_CONTRAST)) {
      return edge
    }
  }
  throw new Error(`${color} has no edge: expected a color such as #1f6feb`)
}

/** Mixes a share of black (0) or white (255) into a colour. */
function mixed(color: string, target: number, share: number): string {
  const channels = channelsOf(color).map((channel) =>
    Math.round(channel + (target - channel) * share)
  )
  return `#${channels.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(color).map((channel) => {
    const value = channel / 255
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const channelsOf = (color: string): number[] =>
  [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16))
