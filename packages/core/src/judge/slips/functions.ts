import type { Latex, ProductNode } from '../../language/latex/ast.ts'
import { sameLatex } from '../../language/latex/index.ts'
import { asFactor, group, numeral, productOf, raise, squareMark, sumOf, written } from './build.ts'
import type { Edit, Site, Slip, SlipContext } from './slip.ts'

const primesOf = (head: Latex): number => (head.kind === 'scripted' ? head.primes + head.sup.filter(() => false).length : 0)

function withPrimes(head: Latex, primes: number): Latex | undefined {
  if (head.kind === 'symbol') return primes === 0 ? head : { kind: 'scripted', base: head, sup: [], primes, span: head.span, own: [] }
  if (head.kind !== 'scripted') return undefined
  return primes === 0 && !head.sub && head.sup.length === 0 ? head.base : { ...head, primes }
}

/** The head of a call with one prime more or less. */
function primed(site: Site, by: number, says: string, c: SlipContext): Edit[] {
  const { node } = site
  if (node.kind !== 'applied' || !c.isFunction(node.head)) return []
  const primes = primesOf(node.head) + by
  const head = primes < 0 || primes > 2 ? undefined : withPrimes(node.head, primes)
  return head ? [{ put: { ...node, head }, where: node.head.span, says }] : []
}

/** g(z) for g'(z). */
export const prime: Slip = {
  id: 'prime', called: 'the prime of a derivative is lost',
  make: (site, c) => primed(site, -1, 'The prime is lost: the function stands where its derivative belongs.', c),
  mend: (site, c) => [...primed(site, 1, 'The prime is lost: the function stands where its derivative belongs.', c), ...primed(site, -1, 'A prime stands too much: the derivative stands where the function belongs.', c)],
  sample: { right: "g'(z) w", wrong: 'g(z) w' },
}

/** g'(n_5) for g'(z_5): another argument of the same label, or a term of it left out. */
function otherArguments(site: Site, c: SlipContext): Edit[] {
  const { node } = site
  if (node.kind !== 'applied' || node.group.items.length !== 1 || !c.isFunction(node.head)) return []
  const [arg] = node.group.items
  const puts = [...c.alternatives(arg!), ...c.siblings(arg!), ...c.terms.filter(t => t.kind === 'sum')]
  return puts.map(put => ({ put: { ...node, group: { ...node.group, items: [put] } }, where: arg!.span, says: `The function is taken at ${written(arg!)}, and belongs at ${written(put)}.` }))
}

/** The activation's derivative at the wrong argument. */
export const argument: Slip = {
  id: 'argument', called: 'a function is taken at the wrong argument',
  make: (site, c) => otherArguments(site, c).map(e => ({ ...e, says: `The function is taken at the wrong argument.` })),
  mend: otherArguments,
  sample: { right: "g'(z_5)", wrong: "g'(z_4)" },
}

function otherFunctions(site: Site, c: SlipContext): Edit[] {
  const { node } = site
  if ((node.kind !== 'applied' && node.kind !== 'prefix') || !c.isFunction(node.head)) return []
  const base = node.head.kind === 'scripted' ? node.head.base : node.head
  if (base.kind !== 'symbol') return []
  return c.functions.filter(f => f !== base.name).map(f => {
    const symbol: Latex = { ...base, name: f }
    const head: Latex = node.head.kind === 'scripted' ? { ...node.head, base: symbol } : symbol
    return { put: { ...node, head }, where: node.head.span, says: `${written(base)} stands where ${f} belongs.` }
  })
}

/** softmax for sigmoid, tanh for sigmoid. */
export const wrongFunction: Slip = {
  id: 'function', called: 'another function stands there',
  make: (site, c) => otherFunctions(site, c).slice(0, 2).map(e => ({ ...e, says: 'Another function stands there.' })),
  mend: otherFunctions,
  sample: { right: 'softmax(z)_i', wrong: 'tanh(z)_i' },
}

const one = (e: Latex): boolean => e.kind === 'number' && e.text === '1'
const inner = (e: Latex): Latex => (e.kind === 'group' && e.items.length === 1 ? inner(e.items[0]!) : e)

/** x for the bracket (1 - x). */
function oneMinus(e: Latex): Latex | undefined {
  const s = inner(e)
  if (s.kind !== 'sum' || s.terms.length !== 2 || !one(s.terms[0]!.body) || s.terms[0]!.sign !== '+' || s.terms[1]!.sign !== '-') return undefined
  return s.terms[1]!.body
}

const logistic = (x: Latex): Latex => productOf([asFactor(x), group(sumOf([{ sign: '+', body: numeral(1) }, { sign: '-', body: x }]))], ['juxtapose'])
const ofTanh = (x: Latex): Latex => group(sumOf([{ sign: '+', body: numeral(1) }, { sign: '-', body: raise(asFactor(x), squareMark) }]))

/** x(1 - x) for 1 - x^2 and the other way round. */
function otherDerivative(site: Site): Edit[] {
  const { node } = site
  const says = 'This is the derivative of another activation.'
  const swapped = (x: Latex, found: Latex): Edit => ({ put: found, where: node.span, says: `${says} It belongs to ${written(x)} otherwise.` })
  if (node.kind === 'applied') {
    const x = node.sup.length === 0 ? oneMinus(node.group) : undefined
    return x && sameLatex(x, node.head) ? [swapped(x, ofTanh(x))] : []
  }
  if (node.kind === 'product') return pairsIn(node).map(({ k, x }) => swapped(x, productOf([...node.factors.slice(0, k), ofTanh(x), ...node.factors.slice(k + 2)], [...node.operators.slice(0, k), ...node.operators.slice(k + 1)], node.span)))
  const x = oneMinus(node)
  if (node.kind === 'group' && x?.kind === 'scripted' && x.sup.some(r => r.kind === 'power' && r.exponent.kind === 'number' && r.exponent.text === '2')) {
    const rest = x.sup.filter(r => r.kind !== 'power')
    const bare: Latex = rest.length === 0 && !x.sub ? x.base : { ...x, sup: rest }
    return [swapped(bare, logistic(bare))]
  }
  return []
}

/** Neighbouring factors x and (1 - x). */
function pairsIn(e: ProductNode): { k: number; x: Latex }[] {
  return e.factors.slice(0, -1).flatMap((f, k) => {
    const x = oneMinus(e.factors[k + 1]!)
    return x && sameLatex(inner(x), inner(f)) ? [{ k, x }] : []
  })
}

/** The derivative of tanh for that of the logistic function. */
export const otherActivation: Slip = {
  id: 'other-activation', called: 'the derivative of another activation',
  make: otherDerivative, mend: otherDerivative,
  sample: { right: 'w (1 - a^2)', wrong: 'w a(1 - a)' },
}
