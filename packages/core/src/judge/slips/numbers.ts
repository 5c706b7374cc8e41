import { numeral, wholeNumber } from './build.ts'
import type { Edit, Site, Slip } from './slip.ts'

/** A number changed as people do: a digit, a zero too many or too few, the decimal point. */
function miscalculated({ node, parent }: Site): Edit[] {
  if (parent !== undefined || node.kind !== 'number') return []
  const { text } = node
  const n = wholeNumber(node)
  const puts = n !== undefined ? [String(n * 10), ...(n % 10 === 0 && n > 0 ? [String(n / 10)] : []), String(n + 1), String(n + 10 ** Math.max(0, text.length - 2))] : [digitChanged(text)]
  return puts.filter(p => p !== text).map(p => ({ put: numeral(p), where: node.span, says: 'The arithmetic is wrong.' }))
}

const digitChanged = (text: string): string => text.replace(/\d$/, d => String((Number(d) + 1) % 10))

/** What is computed comes out wrong. Mended by computing it, not by an edit: see `byValue`. */
export const arithmetic: Slip = { id: 'arithmetic', called: 'the arithmetic is wrong', make: miscalculated, mend: () => [], sample: { right: '10000', wrong: '1000' } }
