/** Rows of backticks, by their length: a code span is closed by a row as long as the one that opened it. */

/** Where the next row of exactly that many backticks begins; Infinity when there is none. */
export function backtickRows(source: string): (length: number, from: number) => number {
  let rows: Map<number, number[]> | undefined
  return (length, from) => {
    rows ??= index(source)
    return firstFrom(rows.get(length) ?? [], from)
  }
}

function index(source: string): Map<number, number[]> {
  const rows = new Map<number, number[]>()
  for (const m of source.matchAll(/`+/g)) {
    const known = rows.get(m[0].length)
    if (known) known.push(m.index)
    else rows.set(m[0].length, [m.index])
  }
  return rows
}

/** The first of ascending numbers that is at least `from`. */
function firstFrom(starts: readonly number[], from: number): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (starts[middle]! < from) low = middle + 1
    else high = middle
  }
  return starts[low] ?? Infinity
}
