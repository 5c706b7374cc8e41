import type { Latex, ProductOperator } from '../../language/latex/ast.ts'
import { asFactor, factorsOf, numeral, productOf, sumOf, wholeNumber, written } from './build.ts'
import type { Edit, Site, Slip, SlipContext } from './slip.ts'

/** Neighbouring factors exchanged. */
function exchanged({ node }: Site, c: SlipContext): Edit[] {
  if (node.kind !== 'product') return []
  return node.factors.slice(0, -1).flatMap((a, k): Edit[] => {
    const b = node.factors[k + 1]!
    if (node.operators[k] === 'slash' || c.rank(a) === 0 || c.rank(b) === 0) return []
    return [{
      put: productOf([...node.factors.slice(0, k), b, a, ...node.factors.slice(k + 2)], node.operators, node.span),
      where: { start: a.span.start, end: b.span.end }, says: `${written(a)} and ${written(b)} stand in the wrong order: a product of matrices does not commute.`,
    }]
  })
}

/** A B for B A. */
export const order: Slip = { id: 'order', called: 'factors stand in the wrong order', make: exchanged, mend: exchanged, sample: { right: '\\delta x^\\top', wrong: 'x^\\top \\delta' } }

const SWAPS: readonly (readonly [ProductOperator, ProductOperator])[] = [['odot', 'juxtapose'], ['juxtapose', 'odot'], ['cdot', 'odot'], ['star', 'juxtapose'], ['odot', 'cdot']]

/** ⊙ for a product of matrices. */
function otherProduct({ node }: Site, c: SlipContext): Edit[] {
  if (node.kind !== 'product') return []
  return node.operators.flatMap((o, k) => c.rank(node.factors[k]!) === 0 || c.rank(node.factors[k + 1]!) === 0 ? [] : SWAPS.filter(([from]) => from === o).map(([, to]): Edit => ({
    put: productOf(node.factors, node.operators.map((p, j) => (j === k ? to : p)), node.span),
    where: { start: node.factors[k]!.span.start, end: node.factors[k + 1]!.span.end },
    says: o === 'odot' ? 'A product entry by entry stands where a product of matrices belongs.' : 'A product of matrices stands where a product entry by entry belongs.',
  })))
}

export const elementForMatrix: Slip = { id: 'element-for-matrix', called: 'a product entry by entry is taken for a product of matrices, or the other way round', make: otherProduct, mend: otherProduct, sample: { right: 'a \\odot b', wrong: 'a b' } }

/** A fraction upside down. */
const flipped = ({ node }: Site): Edit[] => (node.kind === 'fraction' ? [{ put: { ...node, numerator: node.denominator, denominator: node.numerator }, where: node.span, says: `${written(node)} stands upside down.` }] : [])

export const upsideDown: Slip = { id: 'upside-down', called: 'a fraction stands upside down', make: flipped, mend: flipped, sample: { right: '\\frac{t}{y}', wrong: '\\frac{y}{t}' } }

const rounded = (e: Latex): Latex => ({ kind: 'rounded', direction: 'floor', inner: e, span: e.span, own: [] })

/** Without rounding down. */
export const floor: Slip = {
  id: 'floor', called: 'the division is not rounded down',
  make: ({ node }) => (node.kind === 'rounded' ? [{ put: node.inner, where: node.span, says: 'The division is not rounded down.' }] : []),
  mend: ({ node, parent }) => (node.kind === 'fraction' && parent?.kind !== 'rounded' ? [{ put: rounded(node), where: node.span, says: 'The division is not rounded down.' }] : []),
  sample: { right: '\\left\\lfloor\\frac{n - f}{s}\\right\\rfloor + 1', wrong: '\\frac{n - f}{s} + 1' },
}

/** One too many or too few: n for n + 1, a bound of a sum. */
function offByOne({ node, parent }: Site): Edit[] {
  const n = wholeNumber(node)
  if (n !== undefined) {
    if (parent?.kind === 'scripted' || parent?.kind === 'applied') return []
    return [n + 1, n - 1].filter(v => v >= 0).map(v => ({ put: numeral(v), where: node.span, says: `${n} stands where ${v} belongs: one too ${v > n ? 'few' : 'many'}.` }))
  }
  if (parent !== undefined && parent.kind !== 'group' && parent.kind !== 'product') return []
  if (node.kind === 'text' || node.kind === 'relation' || node.kind === 'group' || node.kind === 'list' || parent?.kind === 'product') return []
  const terms = node.kind === 'sum' ? node.terms : [{ sign: '+' as const, body: asFactor(node) }]
  return (['+', '-'] as const).map(sign => ({ put: sumOf([...terms, { sign, body: numeral(1) }], node.span), where: node.span, says: `It is one too ${sign === '+' ? 'few' : 'many'}.`, adds: true as const }))
}

export const oneOff: Slip = { id: 'one-off', called: 'one too many or too few', make: offByOne, mend: offByOne, sample: { right: 'n - f + 1', wrong: 'n - f' } }

/** λ w multiplied instead of added. */
function decayMultiplied({ node }: Site, c: SlipContext): Edit[] {
  if (node.kind !== 'sum') return []
  return node.terms.flatMap((t, k): Edit[] => {
    if (!factorsOf(t.body).some(f => c.isStrength(f))) return []
    const rest = sumOf(node.terms.filter((_, j) => j !== k))
    return [{ put: productOf([asFactor(rest), ...factorsOf(t.body)], Array.from({ length: factorsOf(t.body).length }, () => 'juxtapose' as const), node.span), where: t.body.span, says: `The regulariser ${written(t.body)} is multiplied instead of added.` }]
  })
}

function decayAdded({ node }: Site, c: SlipContext): Edit[] {
  if (node.kind !== 'product') return []
  const at = node.factors.findIndex(f => c.isStrength(f))
  if (at < 0) return []
  // λ and one neighbour of it
  return [at + 1, at - 1].filter(k => k >= 0 && k < node.factors.length).flatMap((k): Edit[] => {
    const rest = node.factors.filter((_, j) => j !== at && j !== k)
    if (rest.length === 0) return []
    const decay = productOf([node.factors[at]!, node.factors[k]!], ['juxtapose'])
    const main = productOf(rest, Array.from({ length: rest.length - 1 }, () => 'juxtapose' as const))
    return [{ put: sumOf([{ sign: '+', body: main }, { sign: '+', body: decay }], node.span), where: node.factors[at]!.span, says: `The regulariser ${written(decay)} is multiplied instead of added.` }]
  })
}

export const regulariserMultiplied: Slip = {
  id: 'regulariser-multiplied', called: 'the regulariser is multiplied instead of added',
  make: decayMultiplied, mend: decayAdded,
  sample: { right: 'a + \\lambda w', wrong: 'a \\lambda w' },
}

/** A row of cases left out. */
export const droppedCase: Slip = {
  id: 'dropped-case', called: 'a case is left out',
  make: ({ node }) => (node.kind === 'cases' && node.rows.length > 1 ? node.rows.map((r, k) => ({ put: { ...node, rows: node.rows.filter((_, j) => j !== k) }, where: r.value.span, says: 'A case is left out.' })) : []),
  mend: () => [],
  sample: { right: '\\begin{cases} a & i = j \\\\ b & i \\neq j \\end{cases}', wrong: '\\begin{cases} a & i = j \\end{cases}' },
}
