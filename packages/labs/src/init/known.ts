/** What is known of tensors, put into expressions: the normal form then shows what follows. */
import { type Expr, type Index, mapChildren, substitute } from '@chainrule/core'

/** The entry of a tensor at `indices` is `value`; an index that the value lacks makes no difference to it. */
export interface Known { readonly indices: readonly Index[]; readonly value: Expr }

/** Knowledge by tensor key. */
export type Knowledge = ReadonlyMap<string, Known>

/** The expression with every entry of a known tensor replaced by its value. */
export function under(e: Expr, knowledge: Knowledge): Expr {
  const memo = new Map<Expr, Expr>()
  const walk = (x: Expr): Expr => {
    const done = memo.get(x)
    if (done) return done
    const made = x.kind === 'symbol' ? at(x.tensor.key, x.indices) ?? x : settled(mapChildren(x, walk))
    memo.set(x, made)
    return made
  }
  const at = (key: string, indices: readonly Index[]): Expr | undefined => {
    const known = knowledge.get(key)
    return known && substitute(known.value, new Map(known.indices.map((i, k) => [i, indices[k]!])))
  }
  return walk(e)
}

/** The max of what does not vary is that itself. */
const settled = (e: Expr): Expr => (e.kind === 'reduce' && e.op === 'max' && !e.over.some(i => e.body.free.includes(i)) ? e.body : e)
