import type { Latex, SumNode } from '../../language/latex/ast.ts'
import { asFactor, negated, sumOf, written } from './build.ts'
import type { Edit, Site, Slip } from './slip.ts'

/** Where a sign stands in front of a whole piece: the line, an exponent, an argument, a side of a fraction, a factor. */
const mayHaveSign = ({ node, parent }: Site): boolean =>
  node.kind !== 'sum' && node.kind !== 'relation' && node.kind !== 'list' && node.kind !== 'text'
  && (parent === undefined || parent.kind === 'group' || parent.kind === 'fraction' || parent.kind === 'big' || parent.kind === 'cases' || isExponent(parent, node))

const isExponent = (parent: Latex, node: Latex): boolean => (parent.kind === 'scripted' || parent.kind === 'applied') && parent.sup.some(r => r.kind === 'power' && r.exponent === node)

/** y - t for t - y. */
function wholeTurned(node: SumNode): Edit[] {
  if (node.terms.length < 2 || new Set(node.terms.map(t => t.sign)).size < 2) return []
  const terms = node.terms.map(t => ({ ...t, sign: t.sign === '+' ? '-' as const : '+' as const })).sort((a, b) => Number(a.sign === '-') - Number(b.sign === '-'))
  return [{ put: sumOf(terms, node.span), where: node.span, says: `${written(node)} stands the wrong way round: its sign is wrong.` }]
}

/** Each sign of a sum turned, and a minus put in front of a piece that has none. */
function turned(site: Site): Edit[] {
  const { node } = site
  if (node.kind === 'sum') {
    return [...wholeTurned(node), ...node.terms.map((t, k) => ({
      put: sumOf(node.terms.map((u, j) => (j === k ? { ...u, sign: u.sign === '+' ? '-' : '+' } : u)), node.span),
      where: t.body.span, says: `The sign of ${written(t.body)} is wrong.`,
    }))]
  }
  return mayHaveSign(site) ? [{ put: negated(asFactor(node)), where: node.span, says: 'A minus sign is lost.' }] : []
}

/** a - b for a + b, and a minus sign lost or too many. */
export const sign: Slip = {
  id: 'sign', called: 'a sign is lost or wrong',
  make: turned, mend: turned,
  sample: { right: 'a(y - t)', wrong: 'a(y + t)' },
}
