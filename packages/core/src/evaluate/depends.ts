/** Which tensors an expression reads. */
import type { Expr } from '../expression/index.ts'
import { partsOf } from './evaluate.ts'

/** Stands for all tensors: an unresolved derivative may read any of them. */
export const EVERYTHING = '*'

/** The expressions inside, each before those it is part of. */
export function inside(e: Expr, seen = new Set<Expr>()): Set<Expr> {
  const stack: { readonly e: Expr; ready: boolean }[] = [{ e, ready: false }]
  while (stack.length > 0) {
    const top = stack.at(-1)!
    if (top.ready || seen.has(top.e)) { seen.add(top.e); stack.pop(); continue }
    top.ready = true
    for (const p of partsOf(top.e)) if (!seen.has(p)) stack.push({ e: p, ready: false })
  }
  return seen
}

const known = new WeakMap<Expr, ReadonlySet<string>>()

/** Keys of the tensors an expression reads; EVERYTHING where it holds an unresolved derivative. */
export function tensorsOf(e: Expr): ReadonlySet<string> {
  const found = known.get(e)
  if (found) return found
  const keys = new Set<string>()
  for (const x of inside(e)) {
    if (x.kind === 'symbol') keys.add(x.tensor.key)
    if (x.kind === 'derivative') keys.add(EVERYTHING)
  }
  known.set(e, keys)
  return keys
}

/** The expressions inside that read none of the tensors: their values stay when those change. */
export function independentParts(roots: readonly Expr[], keys: ReadonlySet<string>): Set<number> {
  const all = new Set<Expr>()
  for (const r of roots) inside(r, all)
  const moving = new Set<Expr>()
  const fixed = new Set<number>()
  for (const x of all) {
    const moves = x.kind === 'derivative' || (x.kind === 'symbol' && keys.has(x.tensor.key)) || partsOf(x).some(p => moving.has(p))
    if (moves) moving.add(x)
    else fixed.add(x.id)
  }
  return fixed
}
