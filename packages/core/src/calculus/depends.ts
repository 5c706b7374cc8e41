/** Which tensors an expression mentions; computed once per shared node. */
import { children, type Expr } from '../expression/index.ts'

const memo = new WeakMap<Expr, ReadonlySet<string>>()

/** The keys of all tensors that occur in an expression (sizes and constants included). */
export function tensorKeys(e: Expr): ReadonlySet<string> {
  const known = memo.get(e)
  if (known) return known
  const found = new Set<string>()
  if (e.kind === 'symbol') found.add(e.tensor.key)
  for (const part of children(e)) for (const key of tensorKeys(part)) found.add(key)
  memo.set(e, found)
  return found
}

/** True when the expression mentions the tensor. */
export const mentions = (e: Expr, key: string): boolean => tensorKeys(e).has(key)
