/** WCAG 2.1, "contrast ratio" and "relative luminance", implemented once more. */
export function contrastOf(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort(
    (a, b) => b - a
  )
  return (light + 0.05) / (dark + 0.05)
}

function luminance(color: string): number {
  const value = Number.parseInt(color.slice(1), 16)
  const channels = [value >> 16, (value >> 8) & 255, value & 255]
  const weights = [0.2126, 0.7152, 0.0722]
  return channels.reduce((sum, channel, i) => {
    const c = channel / 255
    const linear = c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4)
    return sum + linear * (weights[i] ?? 0)
  }, 0)
}

/** The default brand colour, and twenty that shops have: some hardly differ from a card. */
export const BRAND_COLORS = [
  "#111827",
  ...["#ffffff", "#000000", "#f9fafb", "#f3f4f6", "#fefce8", "#e5e7eb"],
  ...["#1f2937", "#1e293b", "#273142", "#374151", "#6b7280", "#7a7a7a"],
  ...["#ffff00", "#ffd000", "#1d4ed8", "#0000ff", "#dc2626", "#16a34a"],
  ...["#14532d", "#7c3aed"],
]
