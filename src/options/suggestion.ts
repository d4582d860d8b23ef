/** With more mistakes than one in so many letters, a name is another name. */
const LETTERS_PER_MISTAKE = 3

/**
 * The option that was probably meant by an unknown one: its name differs in case,
 * dashes or a letter, or it belongs to another section.
 *
 * @param unknown - the path of what was written
 * @param known - the paths of all options
 */
export function suggestion(
  unknown: string[],
  known: string[][]
): string[] | undefined {
  const written = normalize(unknown.slice(-1))
  const [nearest] = known
    .flatMap((path) => [
      { path, name: normalize(path.slice(-1)) },
      // For brandColor and "brand.color".
      { path, name: normalize(path) },
    ])
    .map(({ path, name }) => {
      const mistakes = distance(written, name)
      const allowed =
        Math.min(written.length, name.length) / LETTERS_PER_MISTAKE
      const away = isSibling(path, unknown) ? 0 : 0.5
      return { path, isNear: mistakes <= allowed, order: mistakes + away }
    })
    .filter(({ isNear }) => isNear)
    .sort((one, other) => one.order - other.order)
  return nearest?.path
}

/** `link-ttl`, `linkTtl` and `link_ttl` are one name. */
function normalize(path: string[]): string {
  return path
    .join("")
    .replace(/[-_.\s]/g, "")
    .toLowerCase()
}

function isSibling(path: string[], other: string[]): boolean {
  return path.slice(0, -1).join(".") === other.slice(0, -1).join(".")
}

/**
 * The number of letters to add, leave out, replace or swap with their
 * neighbor to make one word of the other (Damerau and Levenshtein's distance, each
 * letter moved at most once).
 */
export function distance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity

  for (let row = 1; row <= from.length; row++) {
    rows[row] = [row]
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1]
      const isSwapped =
        from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      rows[row]![column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (isSame ? 0 : 1),
        isSwapped ? at(row - 2, column - 2) + 1 : Infinity
      )
    }
  }
  return at(from.length, to.length)
}
