/**
 * Folding: after expansion the definition of a known node is written by its name again,
 * so that a result reads softmax(z) or y (1 - y), not exponentials.
 */
import { type Contraction, contract, entry, type Expr, type Index, mapChildren, multiply, negate, number, open, power, substitute, type Tensor } from '../expression/index.ts'
import { divR } from '../shape/index.ts'
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

/** x^(q/p) where the node is x^p: 1/sqrt(v) is 1/sigma when sigma = sqrt(v). */
function matchPower(e: Expr, node: Foldable): Expr | undefined {
  const d = node.definition
  if (e.kind !== 'power' || d.kind !== 'power' || e.exponent.kind !== 'number' || d.exponent.kind !== 'number') return undefined
  for (const map of assignments(node.indices, e.free)) {
    if (substitute(d.base, map) === e.base) return power(entry(node.tensor, node.indices.map(i => map.get(i) ?? i)), number(divR(e.exponent.value, d.exponent.value)))
  }
  return undefined
}

interface Split { readonly base: Expr; readonly exponent: bigint }
const split = (f: Expr): Split => (f.kind === 'power' && f.exponent.kind === 'number' && f.exponent.value.d === 1n ? { base: f.base, exponent: f.exponent.value.n } : { base: f, exponent: 1n })

/** How often the wanted factor is there, and whether it stands with the other sign. */
function found(factors: readonly Split[], w: Split): { times: bigint; base: Expr; flipped: boolean } {
  const turned = w.base.kind === 'sum' ? negate(w.base) : undefined
  const have = factors.find(h => h.base === w.base || h.base === turned)
  if (!have || have.exponent * w.exponent <= 0n) return { times: 0n, base: w.base, flipped: false }
  return { times: have.exponent / w.exponent, base: have.base, flipped: have.base !== w.base }
}

const isUnit = (c: Contraction['coefficient']): boolean => c.n === c.d || c.n === -c.d

/** Replaces factors that together are the node's definition, as often as they occur. */
function foldProduct(e: Contraction, node: Foldable): Expr {
  const d = node.definition
  if (d.kind !== 'contraction' || d.bound.length > 0 || !isUnit(d.coefficient)) return e
  const inner = open(e)
  const lead = leading(d)
  const factors = inner.factors.map(split)
  for (const f of inner.factors) {
    if (split(f).base.kind !== split(lead).base.kind || split(f).exponent * split(lead).exponent <= 0n) continue
    for (const map of assignments(node.indices, f.free)) {
      // as one product: factors that the indices make equal are one power
      const whole = multiply(...d.factors.map(p => substitute(p, map)))
      if (whole.kind === 'contraction' && (whole.bound.length > 0 || !isUnit(whole.coefficient))) continue
      const wanted = (whole.kind === 'contraction' ? whole.factors : [whole]).map(split)
      const ownSign = d.coefficient.n * (whole.kind === 'contraction' ? whole.coefficient.n : 1n) < 0n
      const matches = wanted.map(w => ({ ...found(factors, w), exponent: w.exponent }))
      const n = matches.reduce((least, m) => (m.times < least ? m.times : least), matches[0]!.times)
      if (n < 1n) continue
      const left = factors.map(g => {
        const m = matches.find(x => x.base === g.base)
        return power(g.base, number(m ? g.exponent - n * m.exponent : g.exponent))
      })
      // (-1)^n for the definition's own sign and for every odd power of a factor that stands turned
      const flips = matches.filter(m => m.flipped && m.exponent % 2n !== 0n).length + (ownSign ? 1 : 0)
      const sign = flips % 2 === 1 && n % 2n === 1n ? -1 : 1
      const name = power(entry(node.tensor, node.indices.map(i => map.get(i) ?? i)), number(n))
      const made = contract(inner.bound, [number(sign), ...left, name], e.coefficient)
      return made.kind === 'contraction' ? foldProduct(made, node) : made
    }
  }
  return e
}

/** sum_b u[b] = entry / c where the node is c sum_b u[b]: a sum that stands alone in a product is written by its mean. */
function foldSum(e: Contraction, node: Foldable): Expr {
  const d = node.definition
  if (d.kind !== 'contraction' || d.bound.length !== 1) return e
  const pattern = open(d)
  const b = pattern.bound[0]!
  const moving = pattern.factors.filter(f => f.free.includes(b))
  const rest = pattern.factors.filter(f => !f.free.includes(b))
  if (moving.length !== 1 || rest.some(f => f.free.length > 0)) return e
  const inner = open(e)
  for (const over of inner.bound) {
    const users = inner.factors.filter(f => f.free.includes(over))
    if (users.length !== 1 || over.size !== b.size || over.sample !== b.sample) continue
    const target = users[0]!
    for (const map of assignments(node.indices, target.free.filter(i => i !== over))) {
      if (substitute(moving[0]!, new Map([...map, [b, over]])) !== target) continue
      const name = entry(node.tensor, node.indices.map(i => map.get(i) ?? i))
      const others = inner.factors.filter(f => f !== target)
      const made = contract(inner.bound.filter(i => i !== over), [...others, name, ...rest.map(f => power(f, number(-1)))], divR(e.coefficient, d.coefficient))
      return made.kind === 'contraction' ? foldSum(made, node) : made
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
      const named = matchWhole(made, node) ?? matchPower(made, node)
      if (named) { made = named; break }
    }
    if (made === x && x.kind !== 'derivative') made = mapChildren(x, c => walk(c, candidates))
    for (const node of candidates) {
      if (made.kind === 'contraction') made = foldProduct(made, node)
      if (made.kind === 'contraction') made = foldSum(made, node)
    }
    memo.set(x, made)
    return made
  }
  return walk(e, nodes)
}
