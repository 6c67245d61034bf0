/** Columns of text. */

// A colour code takes no room on the screen.
const widthOf = (text: string): number => text.replace(/\u001b\[\d+m/g, '').length

/** Rows as lines with aligned columns; columns whose index is in `right` are aligned to the right. */
export const table = (rows: readonly (readonly string[])[], right: readonly number[] = []): readonly string[] => {
  const columns = Math.max(0, ...rows.map(row => row.length))
  const widths = Array.from({ length: columns }, (_, index) => Math.max(...rows.map(row => widthOf(row[index] ?? ''))))
  return rows.map(row =>
    row
      .map((cell, index) => {
        const room = ' '.repeat((widths[index] ?? 0) - widthOf(cell))
        return right.includes(index) ? room + cell : cell + room
      })
      .join('  ')
      .trimEnd(),
  )
}

/** A number with thousands apart: `12,345`. */
export const count = (value: number): string => value.toLocaleString('en-US')
