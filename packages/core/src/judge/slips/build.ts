/** Making nodes for edits: without a place of their own, in brackets where they have to be. */
import type { Span } from '../../language/ast.ts'
import { type Latex, printLatex, type ProductNode, type ProductOperator, type Raised, type ScriptedNode, type SumNode, withoutSpans } from '../../language/latex/index.ts'

const nowhere = (span: Span = { start: 0, end: 0 }): { span: Span; own: [] } => ({ span, own: [] })

export const numeral = (n: number | string): Latex => ({ kind: 'number', text: String(n), ...nowhere() })
export const group = (e: Latex): Latex => (e.kind === 'group' && e.items.length === 1 ? e : { kind: 'group', bracket: '(', items: [e], ...nowhere(e.span) })
export const sumOf = (terms: SumNode['terms'], span?: Span): Latex => (terms.length === 1 && terms[0]!.sign === '+' ? terms[0]!.body : { kind: 'sum', terms, ...nowhere(span) })
export const negated = (e: Latex): Latex => (e.kind === 'sum' ? { kind: 'sum', terms: [{ sign: '-', body: group(e) }], ...nowhere(e.span) } : { kind: 'sum', terms: [{ sign: '-', body: e }], ...nowhere(e.span) })

/** A factor of a product: sums stand in brackets. */
export const asFactor = (e: Latex): Latex => (e.kind === 'sum' || e.kind === 'relation' ? group(e) : e)

/** The product; one factor stands alone. */
export function productOf(factors: readonly Latex[], operators: readonly ProductOperator[], span?: Span): Latex {
  if (factors.length === 0) return numeral(1)
  return factors.length === 1 ? factors[0]! : { kind: 'product', factors, operators, ...nowhere(span) } satisfies ProductNode
}

/** A node in the place of another: in brackets where what stands around would take it apart. */
export function fitted(put: Latex, parent: Latex | undefined): Latex {
  if (put.kind !== 'sum' && put.kind !== 'product') return put
  switch (parent?.kind) {
    case 'scripted': case 'applied': return group(put)
    case 'product': return put.kind === 'sum' ? group(put) : put
    case 'prefix': case 'derivative': return group(put)
    default: return put
  }
}

/** A base with other raised items: the base alone when nothing is left. */
export function withRaised(e: ScriptedNode, sup: readonly Raised[]): Latex {
  return sup.length === 0 && !e.sub && e.primes === 0 ? e.base : { ...e, sup }
}

/** Something above a node. */
export function raise(e: Latex, r: Raised): Latex {
  if (e.kind === 'scripted' || e.kind === 'applied') return { ...e, sup: [...e.sup, r] }
  const base = e.kind === 'symbol' || e.kind === 'group' ? e : group(e)
  return { kind: 'scripted', base, sup: [r], primes: 0, ...nowhere(e.span) }
}

export const squareMark: Raised = { kind: 'power', exponent: numeral(2), span: { start: 0, end: 0 }, own: [] }
export const transposeMark: Raised = { kind: 'transpose', span: { start: 0, end: 0 }, own: [] }

/** A piece as LaTeX, for sentences. */
export const written = (e: Latex): string => `$${printLatex(withoutSpans(e))}$`

/** A whole number where a piece is one. */
export const wholeNumber = (e: Latex): number | undefined => (e.kind === 'number' && /^\d+$/.test(e.text) ? Number(e.text) : undefined)

/** The factors of a piece: itself when it is no product. */
export const factorsOf = (e: Latex): readonly Latex[] => (e.kind === 'product' ? e.factors : [e])
