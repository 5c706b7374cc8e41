import type { Latex, ProductNode } from '../../language/latex/ast.ts'
import { make, sameLatex } from '../../language/latex/index.ts'
import { asFactor, group, numeral, productOf, raise, squareMark, sumOf, written } from './build.ts'
import type { Edit, Site, Slip, SlipContext } from './slip.ts'

const primesOf = (head: Latex): number => (head.kind === 'scripted' ? head.primes : 0)

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
  return head ? [{ put: { ...node, head }, where: node.head.span, says: () => says }] : []
}

/** g(z) for g'(z). */
export const prime: Slip = {
  id: 'prime', called: 'the prime of a derivative is lost',
  make: (site, c) => primed(site, -1, 'The prime is lost: the function stands where its derivative belongs.', c),
  mend: (site, c) => [...primed(site, 1, 'The prime is lost: the function stands where its derivative belongs.', c), ...primed(site, -1, 'A prime stands too much: the derivative stands where the function belongs.', c)],
  sample: { right: "g'(z) w", wrong: 'g(z) w' },
}

/** g'(n_5) for g'(z_5): another argument of the same label, what another function is taken of, or a whole sum. */
function otherArguments(site: Site, c: SlipContext): Edit[] {
  const { node } = site
  if (node.kind !== 'applied' || node.group.items.length !== 1 || !c.isFunction(node.head)) return []
  const [arg] = node.group.items
  const rank = c.rank(arg!)
  const puts = [...c.alternatives(arg!), ...c.siblings(arg!), ...[...c.arguments, ...c.terms.filter(t => t.kind === 'sum')].filter(x => !sameLatex(x, arg) && c.rank(x) === rank)]
  return puts.map(put => ({ put: { ...node, group: { ...node.group, items: [put] } }, where: arg!.span, says: () => `The function is taken at ${written(arg!)}, and belongs at ${written(put)}.` }))
}

/** The activation's derivative at the wrong argument. */
export const argument: Slip = {
  id: 'argument', called: 'a function is taken at the wrong argument',
  make: (site, c) => otherArguments(site, c).map(e => ({ ...e, says: () => `The function is taken at the wrong argument.` })),
  mend: otherArguments,
  sample: { network: 'function g\ninput z_5\nn_5 = g(z_5)', right: "g'(z_5)", wrong: "g'(n_5)" },
}

/** The head of a call exchanged; scripts and primes stay. */
function otherFunctions({ node }: Site, c: SlipContext): Edit[] {
  if ((node.kind !== 'applied' && node.kind !== 'prefix') || !c.isFunction(node.head)) return []
  const { head } = node
  const primes = primesOf(head)
  return c.functions(head).flatMap(f => {
    const put = primes === 0 ? f : withPrimes(f, primes)
    return put ? [{ put: { ...node, head: put }, where: head.span, says: () => `${written(head)} stands where ${written(put)} belongs.` }] : []
  })
}

/** softmax for sigmoid, tanh for sigmoid. */
export const wrongFunction: Slip = {
  id: 'function', called: 'another function stands there',
  make: (site, c) => otherFunctions(site, c).slice(0, 2).map(e => ({ ...e, says: () => 'Another function stands there.' })),
  mend: otherFunctions,
  sample: { network: 'dim n\ninput z[n]', right: 'softmax(z)_i', wrong: 'tanh(z)_i' },
}

/** z for g(z). */
function unapplied({ node, parent }: Site, c: SlipContext): Edit[] {
  if (node.kind !== 'applied' || node.group.items.length !== 1 || node.sub || !c.isFunction(node.head) || c.rank(node) !== c.rank(node.group)) return []
  const bare: Latex = node.sup.length > 0 ? { kind: 'scripted', base: node.group, sup: node.sup, primes: 0, span: node.group.span, own: [] } : parent?.kind === 'product' || parent?.kind === 'scripted' ? node.group : node.group.items[0]!
  return [{ put: bare, where: node.span, says: () => `The function ${written(node.head)} is lost.` }]
}

const canBeArgument = ({ node, parent }: Site): boolean =>
  (node.kind === 'symbol' || node.kind === 'scripted' || node.kind === 'group' || node.kind === 'sum' || node.kind === 'product') && parent?.kind !== 'scripted' && !(parent?.kind === 'applied' && parent.head === node) && parent?.kind !== 'prefix' && !(node.kind !== 'group' && parent?.kind === 'group')

/** The argument without its function. */
export const lostFunction: Slip = {
  id: 'lost-function', called: 'a function is lost or stands too much',
  make: unapplied,
  mend: (site, c) => [
    ...unapplied(site, c).map(e => ({ ...e, says: () => `${written((site.node as Latex & { kind: 'applied' }).head)} stands too much.` })),
    ...(canBeArgument(site) && !c.isFunction(site.node) ? c.functions().map((f): Edit => ({ put: make.applied(f, inner(site.node)), where: site.node.span, says: () => `The function ${written(f)} is lost.`, adds: true })) : []),
  ],
  sample: { right: '\\sigma(z) w', wrong: 'z w' },
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
  const swapped = (x: Latex, found: Latex): Edit => ({ put: found, where: node.span, says: () => `${says} It belongs to ${written(x)} otherwise.` })
  if (node.kind === 'applied') {
    const x = node.sup.length === 0 ? oneMinus(node.group) : undefined
    return x && sameLatex(x, node.head) ? [swapped(x, ofTanh(x))] : []
  }
  if (node.kind === 'product') return pairsIn(node).map(({ k, x }) => swapped(x, productOf([...node.factors.slice(0, k), ofTanh(x), ...node.factors.slice(k + 2)], [...node.operators.slice(0, k), ...node.operators.slice(k + 1)], node.span)))
  const x = oneMinus(node)
  const bare = node.kind === 'group' && x ? rootOfSquare(x) : undefined
  return bare ? [swapped(bare, logistic(bare))] : []
}

/** x for x^2. */
function rootOfSquare(e: Latex): Latex | undefined {
  if ((e.kind !== 'scripted' && e.kind !== 'applied') || !e.sup.some(r => r.kind === 'power' && r.exponent.kind === 'number' && r.exponent.text === '2')) return undefined
  const sup = e.sup.filter(r => r.kind !== 'power')
  return e.kind === 'scripted' && sup.length === 0 && !e.sub && e.primes === 0 ? e.base : { ...e, sup }
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
