import type { Latex, SumNode } from '../../language/latex/ast.ts'
import { asFactor, factorsOf, sumOf, written } from './build.ts'
import type { Edit, Site, Slip, SlipContext } from './slip.ts'

/** A sum without its k-th term. */
const without = (e: SumNode, k: number): Latex => {
  const terms = e.terms.filter((_, j) => j !== k)
  return sumOf(terms, e.span)
}

/** Every term of a sum left out. */
function dropped(site: Site, which: (t: Latex) => boolean, says: (t: Latex) => string): Edit[] {
  const { node } = site
  if (node.kind !== 'sum' || node.terms.length < 2) return []
  return node.terms.flatMap((t, k) => (which(t.body) ? [{ put: without(node, k), where: t.body.span, says: says(t.body) }] : []))
}

/** Whether something can be added here. */
const holdsSum = ({ node, parent }: Site): boolean =>
  node.kind !== 'relation' && node.kind !== 'list' && node.kind !== 'text' && node.kind !== 'group'
  && (parent === undefined || parent.kind === 'group' || parent.kind === 'fraction' || parent.kind === 'big')

function added(site: Site, terms: readonly Latex[], says: (t: Latex) => string): Edit[] {
  if (!holdsSum(site)) return []
  const { node } = site
  const own: SumNode['terms'] = node.kind === 'sum' ? node.terms : [{ sign: '+', body: node }]
  return terms.flatMap(t => (['+', '-'] as const).map((sign): Edit => ({ put: sumOf([...own, { sign, body: t.kind === 'sum' ? asFactor(t) : t }], node.span), where: node.span, says: says(t), adds: true })))
}

const isPath = (t: Latex): boolean => factorsOf(t).filter(f => f.kind !== 'number').length >= 2
const isDecay = (t: Latex, c: SlipContext): boolean => factorsOf(t).some(f => c.isStrength(f))

/** One of several ways to the loss left out, or one too many. */
export const path: Slip = {
  id: 'path', called: 'a path to the loss is left out, or one stands too much',
  make: (site, c) => dropped(site, t => isPath(t) && !isDecay(t, c), t => `The path ${written(t)} is left out.`),
  mend: (site, c) => [...added(site, c.terms.filter(isPath), t => `The path ${written(t)} is left out.`), ...dropped(site, t => isPath(t) && !isDecay(t, c), t => `The term ${written(t)} stands too much.`)],
  sample: { right: 'a b + c d', wrong: 'a b' },
}

/** + b left out. */
export const bias: Slip = {
  id: 'bias', called: 'the bias is left out',
  make: (site, c) => dropped(site, t => c.isBias(t), t => `The bias ${written(t)} is left out.`),
  mend: (site, c) => [...added(site, c.terms.filter(t => c.isBias(t)), t => `The bias ${written(t)} is left out.`), ...dropped(site, t => c.isBias(t), t => `The bias ${written(t)} stands too much.`)],
  sample: { right: 'g(b + w n)', wrong: 'g(w n)' },
}

/** The gradient of the regulariser left out, or one that the loss does not have. */
export const regulariser: Slip = {
  id: 'regulariser', called: 'the regulariser is left out',
  make: (site, c) => dropped(site, t => isDecay(t, c), t => `The regulariser ${written(t)} is left out.`),
  mend: (site, c) => [...added(site, c.terms.filter(t => isDecay(t, c)), t => `The regulariser ${written(t)} is left out.`), ...dropped(site, t => isDecay(t, c), t => `The regulariser ${written(t)} stands too much.`)],
  sample: { right: 'a + \\lambda w', wrong: 'a' },
}

/** Any other term: a one, a part of a difference. */
export const term: Slip = {
  id: 'term', called: 'a term is left out, or one stands too much',
  make: (site, c) => dropped(site, t => !isPath(t) && !isDecay(t, c) && !c.isBias(t), t => `The term ${written(t)} is left out.`),
  mend: (site, c) => [...dropped(site, t => !isDecay(t, c) && !c.isBias(t), t => `The term ${written(t)} stands too much.`), ...added(site, c.terms.filter(t => !isPath(t) && !isDecay(t, c) && !c.isBias(t)), t => `The term ${written(t)} is left out.`)],
  sample: { right: 'a(1 - a)', wrong: 'a(1)' },
}
