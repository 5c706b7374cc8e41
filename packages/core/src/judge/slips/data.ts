import type { BigNode, Latex } from '../../language/latex/ast.ts'
import { asFactor, group, productOf } from './build.ts'
import type { Edit, Site, Slip, SlipContext } from './slip.ts'

/** The sum over the data that a factor is: alone, or in brackets, with constant factors of its own. */
function dataSumIn(f: Latex, c: SlipContext): { sum: BigNode; before: readonly Latex[] } | undefined {
  const e = f.kind === 'group' && f.items.length === 1 ? f.items[0]! : f
  if (e.kind === 'big' && c.isDataSum(e)) return { sum: e, before: [] }
  if (e.kind === 'product') {
    const last = e.factors.at(-1)!
    if (last.kind === 'big' && c.isDataSum(last)) return { sum: last, before: e.factors.slice(0, -1) }
  }
  return undefined
}

/** (sum a) b c as sum a b c: the sum around the whole product. */
function wrapped(site: Site, c: SlipContext): Edit[] {
  const { node } = site
  if (node.kind !== 'product') return []
  return node.factors.flatMap((f, k): Edit[] => {
    const found = dataSumIn(f, c)
    if (!found || node.factors.length < 2) return []
    const rest = [...node.factors.slice(0, k), ...found.before]
    const after = node.factors.slice(k + 1)
    const body = productOf([...rest, asFactor(found.sum.body), ...after].map(asFactor), joins([...rest, found.sum.body, ...after].length), found.sum.body.span)
    return [{ put: { ...found.sum, body }, where: f.span, says: 'The sum over the data is pulled out of the product: its other factors differ from sample to sample too.' }]
  })
}

const joins = (n: number) => Array.from({ length: Math.max(0, n - 1) }, () => 'juxtapose' as const)

/** sum a b c as (sum a) b c: pulled out too far, after every factor. */
function pulledOut(site: Site, c: SlipContext): Edit[] {
  const { node } = site
  if (!c.isDataSum(node) || node.kind !== 'big' || node.body.kind !== 'product') return []
  const { factors, operators } = node.body
  return factors.slice(1).map((_, k): Edit => {
    const kept = productOf(factors.slice(0, k + 1), operators.slice(0, k), node.body.span)
    const sum: Latex = group({ ...node, body: kept })
    return { put: productOf([sum, ...factors.slice(k + 1)], joins(factors.length - k), node.span), where: node.span, says: 'The sum over the data is pulled out of the product: its other factors differ from sample to sample too.' }
  })
}

/** The sum over the data around a part of a product. */
export const sumPulledOut: Slip = {
  id: 'sum-pulled-out', called: 'the sum over the data is pulled out of the product',
  make: pulledOut, mend: wrapped,
  sample: { right: '\\sum_{i \\in data} a^{(i)} b^{(i)}', wrong: '\\left(\\sum_{i \\in data} a^{(i)}\\right) b^{(i)}' },
}

/** A sum over the data taken away. */
const unwrapped = (site: Site, c: SlipContext, says: string): Edit[] => {
  const { node, parent } = site
  if (node.kind === 'group' && node.items.length === 1) {
    const found = dataSumIn(node, c)
    return found ? [{ put: group(productOf([...found.before, found.sum.body].map(asFactor), joins(found.before.length + 1))), where: node.span, says }] : []
  }
  if (node.kind !== 'big' || !c.isDataSum(node) || parent?.kind === 'group') return []
  return [{ put: parent?.kind === 'product' ? asFactor(node.body) : node.body, where: node.span, says }]
}

/** A weight's derivative sums over the data, a neuron's does not. */
export const dataSum: Slip = {
  id: 'data-sum', called: 'the sum over the data is missing or stands too much',
  make: (site, c) => unwrapped(site, c, 'The sum over the data is missing: a weight is shared by all samples.'),
  mend: (site, c) => [
    ...unwrapped(site, c, 'The sum over the data stands too much: a neuron belongs to one sample, and only that sample\'s term depends on it.'),
    ...(site.parent === undefined && site.node.kind !== 'big' ? [{ put: c.dataSum(asBody(site.node)), where: site.node.span, says: 'The sum over the data is missing: a weight is shared by all samples.' }] : []),
  ],
  sample: { right: '\\sum_{i \\in data} a^{(i)}', wrong: 'a' },
}

const asBody = (e: Latex): Latex => (e.kind === 'sum' ? group(e) : e)

