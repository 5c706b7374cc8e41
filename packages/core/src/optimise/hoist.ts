/**
 * Scalars of a step, such as rate / (1 - beta^k), are taken out of an update: they are computed once in doubles and fed, since
 * float32 would lose digits in 1 - beta^k and every entry would compute them again.
 */
import { add, children, contract, entry, type Expr, mapChildren, type Tensor } from '../expression/index.ts'

/** Expressions without scalar work, and the scalars that they now name. */
export interface Hoisted {
  readonly expressions: readonly Expr[]
  /** Each computed from the scalars that were given, in no particular order. */
  readonly scalars: readonly { readonly tensor: Tensor; readonly value: Expr }[]
}

/** The expressions with every largest part that depends on nothing but `scalars` replaced by a new scalar named `prefix1`, `prefix2`, ... */
export function hoistScalars(expressions: readonly Expr[], scalars: ReadonlySet<string>, prefix = 'step:'): Hoisted {
  const memo = new Map<Expr, boolean>()
  const found = new Map<Expr, Tensor>()
  const isScalar = (e: Expr): boolean => {
    let known = memo.get(e)
    if (known === undefined) memo.set(e, known = e.kind === 'symbol' ? scalars.has(e.tensor.key) : e.kind === 'number' || (children(e).length > 0 && e.free.length === 0 && children(e).every(isScalar)))
    return known
  }
  const named = (value: Expr): Expr => {
    if (value.kind === 'number') return value
    let tensor = found.get(value)
    if (!tensor) found.set(value, tensor = { key: `${prefix}${found.size + 1}`, name: `${prefix}${found.size + 1}`, axes: [], sample: false, rank: -1 })
    return entry(tensor)
  }
  const walk = (e: Expr): Expr => {
    if (isScalar(e)) return named(e)
    if (e.kind === 'sum') {
      const alone = e.terms.filter(isScalar)
      return add(named(add(...alone)), ...e.terms.filter(t => !alone.includes(t)).map(walk))
    }
    if (e.kind === 'contraction' && e.bound.length === 0) {
      const alone = e.factors.filter(isScalar)
      if (alone.length === 0) return contract([], e.factors.map(walk), e.coefficient)
      return contract([], [named(contract([], alone, e.coefficient)), ...e.factors.filter(f => !alone.includes(f)).map(walk)])
    }
    return mapChildren(e, walk)
  }
  const walked = expressions.map(walk)
  return { expressions: walked, scalars: [...found].map(([value, tensor]) => ({ tensor, value })) }
}
