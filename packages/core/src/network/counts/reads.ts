/** How an output place reads an input: o reads the places stride*o + ... , `extent` of them, of a slot of an earlier tensor. */
import { addS, mulS, size, type Size, subS } from '../../shape/index.ts'
import type { Expr, Index, Selector, SelectorTerm, Sym } from '../../expression/index.ts'
import { absolute, leadingSign, type Resolve, valuesOf } from './sizes.ts'

/** Along one axis: from one place to the next `stride` entries further on; from the first entry read to the last, `extent`. */
export interface Reach { readonly stride: Size; readonly extent: Size }

/** One slot of one occurrence of a tensor: read along output indices, or summed out. */
export interface Read {
  readonly tensor: string
  /** Number of the axis, without the sample axis. */
  readonly slot: number
  /** Output index to reach; empty where the slot is summed over whole. */
  readonly along: ReadonlyMap<Index, Reach>
  /** True where the sum also runs over the data: a statistic of the batch, not of this sample. */
  readonly overData: boolean
}

interface Scope { readonly selectors: readonly Selector[]; readonly bound: ReadonlySet<Index> }

/** Every slot of every tensor entry in an expression whose free indices are the output's. */
export function readsOf(e: Expr, resolve: Resolve): readonly Read[] {
  const found: Read[] = []
  const visit = (x: Expr, scope: Scope): void => {
    switch (x.kind) {
      case 'number': case 'selector': case 'derivative': return
      case 'symbol': found.push(...slotsOf(x, scope, resolve)); return
      case 'sum': x.terms.forEach(t => visit(t, scope)); return
      case 'power': visit(x.base, scope); visit(x.exponent, scope); return
      case 'apply': x.args.forEach((a, k) => visit(a, inside(scope, [], x.over[k]!))); return
      case 'contraction': { const inner = inside(scope, x.factors, x.bound); x.factors.forEach(f => visit(f, inner)); return }
      case 'reduce': visit(x.body, inside(scope, x.where, x.over))
    }
  }
  visit(e, { selectors: [], bound: new Set() })
  return found
}

const inside = (scope: Scope, factors: readonly Expr[], bound: readonly Index[]): Scope => ({
  selectors: [...scope.selectors, ...factors.filter((f): f is Selector => f.kind === 'selector' && f.relation === 'eq')],
  bound: bound.length === 0 ? scope.bound : new Set([...scope.bound, ...bound]),
})

function slotsOf(x: Sym, scope: Scope, resolve: Resolve): Read[] {
  const overData = [...scope.bound].some(i => i.sample)
  return x.indices.slice(x.tensor.sample ? 1 : 0).flatMap((index, slot) => (index.literal !== undefined ? []
    : [{ tensor: x.tensor.key, slot, overData, along: reachOf(index, x, scope, resolve, new Set()) ?? new Map<Index, Reach>() }]))
}

/** p = stride*o + d*k + ...: k runs over the window, o over the output. Undefined where no output index decides p. */
function reachOf(p: Index, entry: Sym, scope: Scope, resolve: Resolve, used: ReadonlySet<Selector>): ReadonlyMap<Index, Reach> | undefined {
  if (!scope.bound.has(p)) return new Map([[p, { stride: size(1), extent: size(1) }]])
  for (const s of scope.selectors) {
    const own = s.terms.find(t => t.index === p)
    if (used.has(s) || !own || (own.coefficient.value !== 1 && own.coefficient.value !== -1)) continue
    const found = along(s, own, entry, scope, resolve, new Set([...used, s]))
    if (found) return found
  }
  return undefined
}

function along(s: Selector, own: SelectorTerm, entry: Sym, scope: Scope, resolve: Resolve, used: ReadonlySet<Selector>): ReadonlyMap<Index, Reach> | undefined {
  const strides = new Map<Index, Size>()
  let spread = size(0)
  for (const t of s.terms) {
    if (t === own) continue
    const step = absolute(resolve(t.coefficient))
    const inner = reachOf(t.index, entry, scope, resolve, used)
    if (inner) {
      for (const [o, r] of inner) {
        // k = p - s*o is the place in the kernel, not in the map
        if (strides.has(o) || leadingSign(t.coefficient) === leadingSign(own.coefficient)) return undefined
        strides.set(o, mulS(step, r.stride))
        spread = addS(spread, mulS(step, subS(r.extent, size(1))))
      }
    } else {
      // an index that numbers the entry itself is no window: a reshape mixes axes
      if (entry.indices.includes(t.index)) return undefined
      spread = addS(spread, mulS(step, subS(valuesOf(t.index, resolve), size(1))))
    }
  }
  if (strides.size !== 1) return undefined
  const extent = addS(spread, size(1))
  return new Map([...strides].map(([o, stride]) => [o, { stride, extent }]))
}
