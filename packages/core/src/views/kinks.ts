/** Where a point stands on a kink, and which branch was taken elsewhere: ReLU masks, choices of a maximum. */
import { type Apply, type Expr, type Index, number, openReduce, reduce } from '../expression/index.ts'
import { evaluate, type Exact, exact, isExact, type Point } from '../evaluate/index.ts'
import type { Network, NetworkNode } from '../network/types.ts'
import { findOperation } from '../operations/index.ts'
import { numberText } from './numbers.ts'

export interface Kink { readonly node: string; readonly at: string; readonly convention: string; readonly text: string }

/** What is taken for the derivative at the kink, by the record's own rule. */
function conventionOf(name: string): string {
  if (name === 'max' || name === 'min') return 'a tie goes to the number, or to the first argument where both vary'
  const operation = findOperation(name)
  const fn = operation?.kind === 'scalar' && operation.fn.arity === 1 ? operation.fn : undefined
  const slope = fn?.partial?.([number(0)], 0)
  return slope?.kind === 'number' ? `${name}'(0) = ${numberText(slope.value)}` : 'the slope from the left'
}

const isZero = (x: Exact): boolean => (isExact(x) ? x.n === 0n : x === 0)

/** Calls of functions with a kink, anywhere in a definition. */
function kinkedCalls(e: Expr, found: Apply[] = []): Apply[] {
  switch (e.kind) {
    case 'sum': e.terms.forEach(t => kinkedCalls(t, found)); break
    case 'contraction': if (e.bound.length === 0) e.factors.forEach(f => kinkedCalls(f, found)); break
    case 'power': kinkedCalls(e.base, found); break
    case 'apply': {
      const operation = findOperation(e.fn.name)
      if (operation?.kind === 'scalar' && (operation.kinks?.includes(0) || operation.kinkAt)) found.push(e)
      if (e.over.every(o => o.length === 0)) e.args.forEach(a => kinkedCalls(a, found))
      break
    }
    case 'number': case 'symbol': case 'selector': case 'reduce': case 'derivative': break
  }
  return found
}

/** Kinks met exactly, and a note per node that says which side was taken. */
export function kinksOf(network: Network, point: Point<Exact>): { list: Kink[]; notes: Map<string, string> } {
  const list: Kink[] = []
  const notes = new Map<string, string>()
  for (const node of network.nodes) {
    if (!node.definition) continue
    for (const call of kinkedCalls(node.definition)) noteCall(node, call, point, list, notes)
    if (node.definition.kind === 'reduce' && node.definition.op === 'max') {
      const choice = chosen(node.definition, node.indices, point)
      if (choice) notes.set(node.name, choice)
    }
  }
  return { list, notes }
}

function noteCall(node: NetworkNode, call: Apply, point: Point<Exact>, list: Kink[], notes: Map<string, string>): void {
  const operation = findOperation(call.fn.name)
  if (operation?.kind !== 'scalar') return
  const where = operation.kinkAt ? operation.kinkAt(call.args) : call.args[0]!
  const value = evaluate(where, point, exact, where.free)
  const all = Array.from({ length: value.data.length }, (_, k) => value.data[k]!)
  const on = all.filter(isZero).length
  if (on > 0) {
    list.push({
      node: node.name, at: call.fn.name, convention: conventionOf(call.fn.name),
      text: `kink: ${node.name} meets ${call.fn.name} exactly at its kink${all.length > 1 ? ` in ${on} of ${all.length} entries` : ''}; convention: ${conventionOf(call.fn.name)}`,
    })
  }
  const positive = (x: Exact): boolean => (isExact(x) ? x.n > 0n : x > 0)
  if (node.definition === call) notes.set(node.name, all.length === 1 ? (isZero(all[0]!) ? '0: on the kink' : `${numberText(all[0]!)} ${positive(all[0]!) ? '> 0' : '< 0'}`) : all.length <= 12 ? `mask [${all.map(x => (positive(x) ? 1 : 0)).join(', ')}]` : `${all.filter(positive).length} of ${all.length} active`)
}

/** Which position each maximum takes, counted from 1. */
function chosen(e: Extract<Expr, { kind: 'reduce' }>, order: readonly Index[], point: Point<Exact>): string | undefined {
  const inner = openReduce(e)
  const at = openReduce(e)
  const indicator = reduce('argmax', inner.over, inner.body, inner.where, at.over)
  const axes = [...order, ...at.over]
  const mask = evaluate(indicator, point, exact, axes)
  if (mask.data.length > 4000) return undefined
  const positions: string[] = []
  for (let k = 0; k < mask.data.length && positions.length <= 12; k++) {
    if (isZero(mask.data[k]!)) continue
    let rest = k
    const place = [...mask.shape].reverse().map(n => { const p = rest % n; rest = Math.floor(rest / n); return p + 1 }).reverse()
    positions.push(place.slice(order.length).join(','))
  }
  return positions.length > 12 ? undefined : `max at ${positions.map(p => `(${p})`).join(' ')}`
}
