/** Selectors of a product used up: an equation with a coefficient of 1 gives one of its indices as a form of the others. */
import { type Affine, affineOf, rangeOf, type Solution, solve, substituteAffine } from '../evaluate/affine.ts'
import type { SizeOf } from '../evaluate/dense.ts'
import type { Index, Selector } from '../expression/index.ts'
import type { Rational, Size } from '../shape/index.ts'
import { type Form, plain } from './forms.ts'

/** What is left of the selectors: forms for indices that are solved, and relations that stay as masks. */
export interface Solved {
  readonly forms: ReadonlyMap<Index, Form>
  readonly masks: readonly { readonly relation: 'eq' | 'le'; readonly of: Form }[]
  /** True when no position fulfils them. */
  readonly impossible: boolean
}

const greatestDivisor = (a: Affine): number => {
  let g = 0
  for (const c of a.terms.values()) { let [x, y] = [Math.abs(c), g]; while (y) [x, y] = [y, x % y]; g = x }
  return g
}

/**
 * The indices that may be solved for are those that `may` accepts. One that becomes a sum of others, such as the position of a
 * window, goes before one that becomes a difference; then the largest goes first, of equal ones those that `read` accepts.
 */
export function solveAll(selectors: readonly Selector[], numberOf: (s: Size) => Rational, sizeOf: SizeOf, may: (i: Index) => boolean, read: (i: Index) => boolean): Solved {
  const rank = (i: Index): number => sizeOf(i) + (read(i) ? 0.5 : 0)
  let equations = selectors.filter(s => s.relation === 'eq').flatMap(s => digitwise(reduced(affineOf(s, numberOf)), sizeOf))
  let bounds = selectors.filter(s => s.relation === 'le').map(s => affineOf(s, numberOf))
  let solved: Solution[] = []
  const stuck: Affine[] = []
  while (equations.length > 0) {
    const best = equations.flatMap(q => [...q.terms].filter(([i, c]) => Math.abs(c) === 1 && may(i)).map(([i]) => ({ q, i })))
      .reduce<{ q: Affine; i: Index } | undefined>((a, x) => (!a || rank(x.i) + sums(x.q, x.i) > rank(a.i) + sums(a.q, a.i) ? x : a), undefined)
    if (!best) { stuck.push(...equations); break }
    const s = solve(best.q, best.i)
    equations = equations.filter(q => q !== best.q).map(q => reduced(substituteAffine(q, s))).filter(q => q.terms.size > 0 || q.constant !== 0)
    bounds = bounds.map(q => substituteAffine(q, s))
    solved = [...solved.map(p => (p.affine.terms.has(s.index) ? { ...p, affine: substituteAffine(p.affine, s) } : p)), s]
  }
  const masks = [...stuck.map(of => ({ relation: 'eq' as const, of })), ...bounds.map(of => ({ relation: 'le' as const, of }))].filter(m => !always(m, sizeOf))
  return { forms: new Map(solved.map(s => [s.index, s.affine])), masks, impossible: masks.some(m => never(m, sizeOf)) }
}

/**
 * 196 p + q = 196 c + 14 i + j where q and 14 i + j stay below 196: then p = c and q = 14 i + j. An equation whose lower digits
 * cannot reach the higher ones is one equation for each.
 */
export function digitwise(a: Affine, sizeOf: SizeOf): Affine[] {
  const moduli = [...new Set([...a.terms.values()].map(Math.abs))].filter(m => m > 1).sort((x, y) => y - x)
  for (const m of moduli) {
    const high = [...a.terms].filter(([, c]) => c % m === 0)
    const low: Affine = { terms: new Map([...a.terms].filter(([, c]) => c % m !== 0)), constant: a.constant }
    if (low.terms.size === 0) continue
    const [least, greatest] = rangeOf(low, sizeOf)
    if (least > -m && greatest < m) return [...digitwise({ terms: new Map(high.map(([i, c]) => [i, c / m])), constant: 0 }, sizeOf), ...digitwise(low, sizeOf)]
  }
  return [a]
}

/** More than any size where the index is a sum: all others have the other sign. */
const sums = (a: Affine, i: Index): number => ([...a.terms].every(([j, c]) => j === i || Math.sign(c) !== Math.sign(a.terms.get(i)!)) ? 2 ** 40 : 0)

/** The equation divided by the greatest common divisor of its coefficients. */
function reduced(a: Affine): Affine {
  const g = greatestDivisor(a)
  if (g <= 1 || a.constant % g !== 0) return a
  return { terms: new Map([...a.terms].map(([i, c]) => [i, c / g])), constant: a.constant / g }
}

type Mask = Solved['masks'][number]
function always({ relation, of }: Mask, sizeOf: SizeOf): boolean {
  const [low, high] = rangeOf(of, sizeOf)
  return relation === 'le' ? high <= 0 : low === 0 && high === 0
}
function never({ relation, of }: Mask, sizeOf: SizeOf): boolean {
  const [low, high] = rangeOf(of, sizeOf)
  return relation === 'le' ? low > 0 : low > 0 || high < 0 || of.constant % Math.max(1, greatestDivisor(of)) !== 0
}

/** Where an index stands: at the form that it is solved as, or at itself. */
export const formOf = (s: Solved, i: Index): Form => s.forms.get(i) ?? plain(i)
