/** What all terms of a sum begin or end with is taken out: Ax + Aᵀx = (A + Aᵀ)x. */
import { ONE } from '../../shape/index.ts'
import { cheaper, type Mat } from './algebra.ts'
import { scaledM } from './build.ts'
import { productM } from './products.ts'
import { sumM } from './sums.ts'

interface Parts { readonly term: Mat; readonly factors: readonly Mat[] }

function partsOf(term: Mat): Parts | undefined {
  const body = term.kind === 'scaled' ? term.body : term
  if (!body || body.shape === 'scalar') return undefined
  return { term, factors: body.kind === 'product' ? body.factors : [body] }
}

/** The term without its matrix factors but the given ones. */
const withFactors = (p: Parts, rest: readonly Mat[]): Mat =>
  p.term.kind === 'scaled' ? scaledM(p.term.coefficient, p.term.numerators, p.term.denominators, productM(rest)) : productM(rest)

/** The sum, or the product with what the terms share taken out, whichever is shorter. */
export function factoredSum(terms: readonly Mat[]): Mat {
  return cheaper(cheaper(sumM(terms), scalarsOut(terms)), cheaper(takenOut(terms, 'right'), takenOut(terms, 'left')))!
}

/** λA + λB = λ(A + B), also for what all terms are divided by. */
function scalarsOut(terms: readonly Mat[]): Mat | null {
  const parts = terms.map(t => (t.kind === 'scaled' ? t : undefined))
  const [first] = parts
  if (parts.length < 2 || !first || !parts.every(t => t !== undefined)) return null
  const shared = (side: 'numerators' | 'denominators') => first[side].filter(m => parts.every(t => t[side].some(x => x.key === m.key)))
  const [above, below] = [shared('numerators'), shared('denominators')]
  if (above.length + below.length === 0) return null
  const without = (list: readonly Mat[], gone: readonly Mat[]) => list.filter(m => !gone.some(g => g.key === m.key))
  const rest = factoredSum(parts.map(t => scaledM(t.coefficient, without(t.numerators, above), without(t.denominators, below), t.body)))
  return rest.shape === 'scalar' ? scaledM(ONE, [...above, rest], below) : scaledM(ONE, above, below, rest)
}

function takenOut(terms: readonly Mat[], side: 'left' | 'right'): Mat | null {
  const parts = terms.map(partsOf)
  if (parts.length < 2 || !parts.every(p => p !== undefined)) return null
  const lists = parts.map(p => (side === 'left' ? p.factors : [...p.factors].reverse()))
  const first = lists[0]!
  let shared = 0
  while (lists.every(l => l.length > shared + 1 && l[shared]!.key === first[shared]!.key)) shared++
  if (shared === 0) return null
  const rests = parts.map((p, k) => {
    const rest = lists[k]!.slice(shared)
    return withFactors(p, side === 'left' ? rest : rest.reverse())
  })
  if (rests.some(r => r.shape !== rests[0]!.shape || r.shape === 'scalar')) return null
  const common = first.slice(0, shared)
  const middle = factoredSum(rests)
  return side === 'left' ? productM([...common, middle]) : productM([middle, ...common.reverse()])
}
