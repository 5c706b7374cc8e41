import type { Latex, ProductNode, ProductOperator } from '../../language/latex/ast.ts'
import { asFactor, factorsOf, numeral, productOf, written } from './build.ts'
import type { Edit, Site, Slip, SlipContext } from './slip.ts'

/** A product without its k-th factor. */
export function without(e: ProductNode, k: number): Latex {
  const factors = e.factors.filter((_, j) => j !== k)
  const operators = e.operators.filter((_, j) => j !== (k === 0 ? 0 : k - 1))
  return productOf(factors, operators, e.span)
}

const divides = (o: ProductOperator | undefined): boolean => o === 'slash' || o === 'oslash'

/** Factors that can be taken out: not what something is divided by, nor what is divided. */
const removable = (e: ProductNode, k: number): boolean => !divides(e.operators[k - 1]) && !(k === 0 && divides(e.operators[0]))

/** Every factor of a product left out. */
export function dropped(site: Site, which: (f: Latex) => boolean, says: (f: Latex) => string): Edit[] {
  const { node } = site
  if (node.kind === 'applied') {
    // a_2(1 - a_2) as a product
    return [node.head, node.group].filter(which).map(f => ({ put: f === node.head ? asFactor(scriptsOf(node)) : node.head, where: f.span, says: says(f) }))
  }
  if (node.kind !== 'product') return []
  return node.factors.flatMap((f, k) => (removable(node, k) && which(f) ? [{ put: without(node, k), where: f.span, says: says(f) }] : []))
}

const scriptsOf = (e: Latex & { kind: 'applied' }): Latex => (e.sub || e.sup.length > 0 ? { kind: 'scripted', base: e.group, ...(e.sub ? { sub: e.sub } : {}), sup: e.sup, primes: e.primes, span: e.group.span, own: [] } : e.group)

/** Whether something can be multiplied here: the line, a term, the body of a sum, a side of a fraction, a bracket. */
const holdsProduct = ({ node, parent }: Site): boolean =>
  node.kind !== 'sum' && node.kind !== 'relation' && node.kind !== 'list' && node.kind !== 'text'
  && (parent === undefined || parent.kind === 'sum' || parent.kind === 'big' || parent.kind === 'fraction' || parent.kind === 'group' || parent.kind === 'cases')

/** A factor put to a piece: behind it, in every place of a product where order matters. */
export function inserted(site: Site, factors: readonly Latex[], says: (f: Latex) => string): Edit[] {
  const { node } = site
  if (!holdsProduct(site)) {
    if (site.parent !== undefined || node.kind !== 'sum') return []
    return factors.map(f => ({ put: productOf([f, asFactor(node)], ['juxtapose'], node.span), where: node.span, says: says(f), adds: true }))
  }
  const own = factorsOf(node)
  const operators = node.kind === 'product' ? node.operators : []
  const operator = operators.find(o => !divides(o)) ?? 'juxtapose'
  return factors.flatMap(f => {
    const places = f.kind === 'number' || f.kind === 'fraction' ? [0] : [own.length, 0, ...Array.from({ length: Math.max(0, own.length - 1) }, (_, k) => k + 1)]
    return places.filter(k => !divides(operators[k - 1])).map((k): Edit => ({
      put: productOf([...own.slice(0, k).map(asFactor), asFactor(f), ...own.slice(k).map(asFactor)], [...operators.slice(0, k), ...(own.length > 0 ? [f.kind === 'number' && operator === 'juxtapose' && k > 0 ? 'cdot' as const : operator] : []), ...operators.slice(k)], node.span),
      where: (own[Math.min(k, own.length - 1)] ?? node).span, says: says(f), adds: true,
    }))
  })
}

const isNumber = (e: Latex): boolean => e.kind === 'number' || (e.kind === 'fraction' && isNumber(e.numerator) && isNumber(e.denominator)) || (e.kind === 'group' && e.items.length === 1 && isNumber(e.items[0]!))
const isShare = (e: Latex, c: SlipContext): boolean => e.kind === 'fraction' && e.numerator.kind === 'number' && e.denominator.kind === 'symbol' && c.share.kind === 'fraction' && c.share.denominator.kind === 'symbol' && e.denominator.name === c.share.denominator.name

const half: Latex = { kind: 'fraction', numerator: numeral(1), denominator: numeral(2), span: { start: 0, end: 0 }, own: [] }

/** 2, 1/2 and other numbers. */
export const constantFactor: Slip = {
  id: 'constant-factor', called: 'a constant factor is lost or stands too much',
  make: site => [...dropped(site, isNumber, f => `The factor ${written(f)} is lost.`), ...(site.parent === undefined ? inserted(site, [numeral(2)], () => 'The factor 2 stands too much.') : [])],
  mend: site => [...dropped(site, isNumber, f => `The factor ${written(f)} stands too much.`), ...inserted(site, [numeral(2), half], f => `The factor ${written(f)} is lost.`)],
  sample: { right: '2(n_6 - y_6)', wrong: 'n_6 - y_6' },
}

/** 1/m: the sum over the data taken for the mean, or the mean for the sum. */
export const meanForSum: Slip = {
  id: 'mean-for-sum', called: 'the mean over the data is taken for the sum, or the sum for the mean',
  make: (site, c) => [...dropped(site, f => isShare(f, c), f => `The factor ${written(f)} of the mean is lost.`), ...(c.isDataSum(site.node) ? [{ put: productOf([c.share, site.node], ['juxtapose'], site.node.span), where: site.node.span, says: `The sum over the data has no factor ${written(c.share)}.` }] : [])],
  mend: (site, c) => [...dropped(site, f => isShare(f, c), f => `The factor ${written(f)} stands too much: the loss is a sum over the data.`), ...(site.parent === undefined ? inserted(site, [c.share], f => `The factor ${written(f)} of the mean is lost.`) : [])],
  sample: { right: '\\frac{1}{m}\\sum_{i=1}^m a^{(i)}', wrong: '\\sum_{i=1}^m a^{(i)}' },
}

/** A factor of the chain rule left out, or one too many. */
export const factor: Slip = {
  id: 'factor', called: 'a factor of the product is lost or stands too much',
  make: (site, c) => dropped(site, f => !isNumber(f) && !isShare(f, c), f => `The factor ${written(f)} is lost.`),
  mend: (site, c) => [...dropped(site, f => !isNumber(f), f => `The factor ${written(f)} stands too much.`), ...inserted(site, c.factors, f => `The factor ${written(f)} is lost.`)],
  sample: { right: '(a - y) g\'(z) x', wrong: '(a - y) x' },
}
