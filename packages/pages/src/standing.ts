/** Which formulas of a paragraph are claims: all displayed ones, and those of the text that stand alone or have an id of their own. */
import { isClaim } from './relation.ts'
import type { Formula, Paragraph, Part } from './scan/parts.ts'

/** What may stand before a lone formula: a label that ends in a colon or bracket, a word that leads from line to line. */
const LABEL = /^\s*(?:[\p{L}\d][^\r\n]{0,40}[:)]|\(\p{L}{0,3}\d{0,2}\)|\d{1,3}\.?)\s*$/u
const LINK = /^[\s.,;:()*_]*(?:and|or|so|thus|hence|then|therefore|also|finally|similarly|likewise|now|result|answer|we get|we have|we obtain|which gives|that is|i\.e\.|⇒|→)?[\s.,;:()*_]*$/iu
/** What makes the formulas behind a lone formula its conditions. */
const IF = /^[\s,(]*(?:if|when|whenever|for|for all|for every|where|with|in case)\b[\s\p{L},.()]{0,60}$/iu
/** What may stand behind a lone formula: a remark in brackets, the end of a sentence. */
const REMARK = /^\s*(?:\([^()\r\n]{0,80}\))?[\s.,;]*$/u
/** Behind a condition that stands alone: `$i = j$:` */
const ANNOUNCES = /^[\s*_]*[:,][\s*_]*$/

/** The formulas of the paragraph that are claims. */
export function standing(source: string, { parts }: Paragraph): ReadonlySet<Part> {
  const found = new Set<Part>()
  const inline: { formula: Formula; at: number }[] = []
  parts.forEach((part, at) => {
    if (part.kind !== 'formula') return
    if (part.display || identified(source, parts, at)) found.add(part)
    else inline.push({ formula: part, at })
  })
  const first = inline[0]
  if (found.size > 0 || first === undefined || inline.length > 64) return found
  const words = (from: number, to: number): string => parts.slice(from, to).map(p => (p.kind === 'words' ? source.slice(p.start, p.end) : '')).join('')
  const before = words(0, first.at)
  const gaps = inline.map(({ at }, k) => words(at + 1, inline[k + 1]?.at ?? parts.length))
  const last = gaps.at(-1)!
  if (!(LINK.test(before) || LABEL.test(before)) || ANNOUNCES.test(last)) return found
  const conditional = inline.length > 1 && IF.test(gaps[0]!)
  const lone = gaps.slice(0, -1).every(gap => LINK.test(gap)) && (LINK.test(last) || REMARK.test(last))
  if (conditional && isClaim(first.formula.latex)) found.add(first.formula)
  else if (lone) for (const { formula } of inline) if (isClaim(formula.latex)) found.add(formula)
  return found
}

/** Whether an id stands directly before the formula. */
function identified(source: string, parts: readonly Part[], at: number): boolean {
  for (let k = at - 1; k >= 0; k--) {
    const part = parts[k]!
    if (part.kind === 'id') return true
    if (part.kind === 'formula' || /\S/.test(source.slice(part.start, part.end))) return false
  }
  return false
}
