/** A place of a formula, widened until it tears no brackets apart. */

interface Range { readonly start: number; readonly end: number }
interface Piece extends Range { readonly text: string; partner?: number }

/** Longer formulas are left as they are. */
const LONGEST = 6_000

const PIECE = /\\(?:left|right)(?![A-Za-z])\s*(?:\\[A-Za-z]+|\\[^]|[^])|\\(?:begin|end)\s*\{[^{}]*\}|\\[A-Za-z]+|\\[^]|\s+|[^]/g

/** The smallest range around the place that has whole commands, and braces, round brackets, `\left` and environments in pairs. */
export function whole(latex: string, place: Range): Range {
  if (latex.length > LONGEST || place.end <= place.start) return place
  const pieces = paired(latex)
  let first = pieces.findIndex(p => p.end > place.start)
  let last = lastIndex(pieces, p => p.start < place.end)
  if (first < 0 || last < first) return place
  for (let k = first; k <= last; k++) {
    const partner = pieces[k]!.partner
    if (partner === undefined) continue
    if (partner > last) last = partner
    else if (partner < first) {
      // what comes to stand at the front is looked at too
      first = partner
      k = partner
    }
  }
  return { start: pieces[first]!.start, end: pieces[last]!.end }
}

/** The pieces of the formula, brackets with their partners. */
function paired(latex: string): Piece[] {
  const pieces: Piece[] = []
  const open: number[] = []
  for (const m of latex.matchAll(PIECE)) {
    const k = pieces.push({ text: m[0], start: m.index, end: m.index + m[0].length }) - 1
    if (/^(?:[{(]$|\\left(?![A-Za-z])|\\begin(?![A-Za-z]))/.test(m[0])) open.push(k)
    const opening = OPENING[closingOf(m[0]) ?? '']
    if (opening === undefined) continue
    const at = lastIndex(open, o => pieces[o]!.text.startsWith(opening))
    if (at < 0) continue
    pieces[k]!.partner = open[at]!
    pieces[open[at]!]!.partner = k
    open.length = at
  }
  return pieces
}

const OPENING: Readonly<Record<string, string>> = { '}': '{', ')': '(', '\\right': '\\left', '\\end': '\\begin' }

const closingOf = (text: string): string | undefined => /^(?:[})]$|\\right(?![A-Za-z])|\\end(?![A-Za-z]))/.exec(text)?.[0]

function lastIndex<T>(list: readonly T[], test: (item: T) => boolean): number {
  let k = list.length - 1
  while (k >= 0 && !test(list[k]!)) k--
  return k
}
