/** Nodes without a place, for trees that no page holds: slips that are tried, answers that are written out. */
import type { GroupNode, Latex, ProductOperator, Raised } from './ast.ts'

const nowhere = { span: { start: 0, end: 0 }, own: [] } as const

type Content<K extends Latex['kind']> = Omit<Extract<Latex, { readonly kind: K }>, 'kind' | 'span' | 'own'>

/** A node of any kind: `makeLatex('fraction', { numerator, denominator })`. */
export function makeLatex<K extends Latex['kind']>(kind: K, content: Content<K>): Extract<Latex, { readonly kind: K }> {
  return { kind, ...nowhere, ...content } as unknown as Extract<Latex, { readonly kind: K }>
}

/** Short forms for the nodes that are made most. Products and sums of one part are that part; nested ones are flattened. */
export const make = {
  number: (text: string): Latex => makeLatex('number', { text }),
  symbol: (name: string): Latex => makeLatex('symbol', { name }),
  scripted: (base: Latex, { sub, sup = [], primes = 0 }: { sub?: readonly Latex[]; sup?: readonly Raised[]; primes?: number }): Latex =>
    sub === undefined && sup.length === 0 && primes === 0 ? base : makeLatex('scripted', { base, sup, primes, ...(sub && { sub }) }),
  power: (exponent: Latex): Raised => ({ kind: 'power', ...nowhere, exponent }),
  label: (inner: Latex, bracket: '(' | '[' = '('): Raised => ({ kind: 'label', ...nowhere, bracket, inner }),
  transpose: (): Raised => ({ kind: 'transpose', ...nowhere }),
  star: (): Raised => ({ kind: 'star', ...nowhere }),
  group: (...items: readonly Latex[]): GroupNode => makeLatex('group', { bracket: '(', items }),
  applied: (head: Latex, ...items: readonly Latex[]): Latex => makeLatex('applied', { head, group: make.group(...items), sup: [], primes: 0 }),
  fraction: (numerator: Latex, denominator: Latex): Latex => makeLatex('fraction', { numerator, denominator }),
  negative: (body: Latex): Latex => makeLatex('sum', { terms: [{ sign: '-', body }] }),
  /** Terms with a plus between them; a term that is a sum gives its own terms. */
  sum: (...terms: readonly Latex[]): Latex => {
    const flat = terms.flatMap((term) => term.kind === 'sum' ? term.terms : [{ sign: '+' as const, body: term }])
    return flat.length === 1 && flat[0]!.sign === '+' ? flat[0]!.body : makeLatex('sum', { terms: flat })
  },
  /** Factors with one operator between them; a factor that is a product gives its own factors and operators. */
  product: (factors: readonly Latex[], operator: ProductOperator = 'juxtapose'): Latex => {
    if (factors.length === 1) return factors[0]!
    const flat = factors.flatMap((factor) => factor.kind === 'product' ? factor.factors : [factor])
    const operators = factors.flatMap((factor, k) => [...(k > 0 ? [operator] : []), ...(factor.kind === 'product' ? factor.operators : [])])
    return makeLatex('product', { factors: flat, operators })
  },
} as const
