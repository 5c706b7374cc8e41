/**
 * Folding: after expansion the definition of a known node is written by its name again,
 * so that a result reads softmax(z) or y (1 - y), not exponentials.
 */
import { type Contraction, contract, entry, type Expr, type Index, mapChildren, number, open, power, substitute, type Tensor } from '../expression/index.ts'
import { tensorKeys } from './depends.ts'

/** A node that may be recognised: its tensor, the indices of its left side and its definition. */
export interface Foldable { readonly tensor: Tensor; readonly indices: readonly Index[]; readonly definition: Expr }

/** All ways to give the pattern's indices the indices of a target (equal size and role), at most `most` of them. */
function* assignments(pattern: readonly Index[], target: readonly Index[], most = 64): Generator<Map<Index, Index>> {
  let given = 0
  function* walk(k: number, map: Map<Index, Index>): Generator<Map<Index, Index>> {
    if (given >= most) return
    const p = pattern[k]
    if (!p) { given++; yield new Map(map); return }
    if (p.sample) {
      // one sample index stands for itself, or for another sample index of the target
      const s = target.find(t => t.sample)
      map.set(p, s ?? p)
      yield* walk(k + 1, map)
      map.delete(p)
      return
    }
    for (const t of target) {
      if (t.size !== p.size || t.sample) continue
      map.set(p, t)
      yield* walk(k + 1, map)
    }
    map.delete(p)
  }
  yield* walk(0, new Map())
}

/** The node's entry that equals `e`, if any. */
function matchWhole(e: Expr, node: Foldable): Expr | undefined {
  if (e.kind !== node.definition.kind || e.free.length > node.indices.length) return undefined
  for (const map of assignments(node.indices, e.free)) {
    if (substitute(node.definition, map) === e) return entry(node.tensor, node.indices.map(i => map.get(i) ?? i))
  }
  return undefined
}

interface Split { readonly base: Expr; readonly exponent: bigint }
const split = (f: Expr): Split => (f.kind === 'power' && f.exponent.kind === 'number' && f.exponent.value.d === 1n ? { base: f.base, exponent: f.exponent.value.n } : { base: f, exponent: 1n })

/** Replaces factors that together are the node's definition, as often as they occur. */
function foldProduct(e: Contraction, node: Foldable): Expr {
  if (node.definition.kind !== 'contraction' || node.definition.bound.length > 0 || node.definition.coefficient.n !== node.definition.coefficient.d) return e
  const inner = open(e)
  const lead = leading(node.definition)
  for (const f of inner.factors) {
    if (split(f).base.kind !== lead.kind || split(f).exponent <= 0n) continue
    for (const map of assignments(node.indices, f.free)) {
      const wanted = node.definition.factors.map(p => split(substitute(p, map)))
      const times = wanted.map(w => {
        const have = inner.factors.map(split).find(h => h.base === w.base)
        return have && have.exponent * w.exponent > 0n ? have.exponent / w.exponent : 0n
      })
      const n = times.reduce((a, b) => (b < a ? b : a))
      if (n < 1n) continue
      const left = inner.factors.map(g => {
        const s = split(g)
        const w = wanted.find(x => x.base === s.base)
        return w ? power(s.base, number(s.exponent - n * w.exponent)) : g
      })
      const name = power(entry(node.tensor, node.indices.map(i => map.get(i) ?? i)), number(n))
      const made = contract(inner.bound, [...left, name], e.coefficient)
      return made.kind === 'contraction' ? foldProduct(made, node) : made
    }
  }
  return e
}

/** The factor of a definition that fixes all its indices. */
function leading(definition: Contraction): Expr {
  return [...definition.factors].sort((a, b) => b.free.length - a.free.length || Number(a.kind === 'power') - Number(b.kind === 'power'))[0]!
}

/** Does the expression mention every tensor of the node's definition? Most nodes are ruled out by this alone. */
function mayContain(e: Expr, node: Foldable): boolean {
  const keys = tensorKeys(e)
  for (const k of tensorKeys(node.definition)) if (!keys.has(k)) return false
  return true
}

/** The expression with every instance of the nodes' definitions written by name. */
export function fold(e: Expr, nodes: readonly Foldable[]): Expr {
  const memo = new Map<Expr, Expr>()
  const walk = (x: Expr, wider: readonly Foldable[]): Expr => {
    const known = memo.get(x)
    if (known) return known
    const candidates = wider.filter(n => mayContain(x, n))
    if (candidates.length === 0) return x
    let made = x
    for (const node of candidates) {
      const named = matchWhole(made, node)
      if (named) { made = named; break }
    }
    if (made === x && x.kind !== 'derivative') made = mapChildren(x, c => walk(c, candidates))
    for (const node of candidates) if (made.kind === 'contraction') made = foldProduct(made, node)
    memo.set(x, made)
    return made
  }
  return walk(e, nodes)
}
