/** Which tensors an expression mentions; computed once per shared node. */
import type { Expr } from '../expression/index.ts'

const memo = new WeakMap<Expr, ReadonlySet<string>>()

/** The keys of all tensors that occur in an expression (sizes and constants included). */
export function tensorKeys(e: Expr): ReadonlySet<string> {
  const known = memo.get(e)
  if (known) return known
  const found = new Set<string>()
  const take = (x: Expr): void => { for (const k of tensorKeys(x)) found.add(k) }
  switch (e.kind) {
    case 'number': case 'selector': break
    case 'symbol': found.add(e.tensor.key); break
    case 'sum': e.terms.forEach(take); break
    case 'contraction': e.factors.forEach(take); break
    case 'apply': e.args.forEach(take); break
    case 'power': take(e.base); take(e.exponent); break
    case 'reduce': take(e.body); e.where.forEach(take); break
    case 'derivative': take(e.of); take(e.by); break
  }
  memo.set(e, found)
  return found
}

/** True when the expression mentions the tensor. */
export const mentions = (e: Expr, key: string): boolean => tensorKeys(e).has(key)
