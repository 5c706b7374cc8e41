/** The derivative of a case as an expression, and its value against the sheet's own statement. */
import { deriveAll, type Derivation, deriveSecond } from '../../packages/core/src/calculus/index.ts'
import { sameValue, type Trial } from '../../packages/core/src/evaluate/compare.ts'
import { type Dense, derivativeHook, evaluate, evaluateNodes, exact, type Field, floats, type Point } from '../../packages/core/src/evaluate/index.ts'
import { type RandomPoint, randomPoint } from '../../packages/core/src/evaluate/random.ts'
import { rounded } from '../../packages/core/src/evaluate/rounding.ts'
import { entry, type Expr, type Index } from '../../packages/core/src/expression/index.ts'
import type { Network, NetworkNode } from '../../packages/core/src/network/types.ts'
import { askedNode } from '../../packages/core/src/views/ask.ts'
import { logSumExpRoute } from '../../packages/core/src/views/route.ts'
import { type Filed, networkOf } from './case.ts'

/** The derivation that a case asks for (its first variable). */
export function derivationOf(c: Filed, given = networkOf(c)): Derivation {
  const network = c.ask.route === 'logsumexp' ? logSumExpRoute(given).network : given
  const of = askedNode(network, c.ask.of ?? network.loss ?? '').node
  const by = askedNode(network, c.ask.wrt?.[0] ?? '').node
  return c.ask.second === undefined ? deriveAll(network, network.nodes, of, by)
    : deriveSecond(network, of, by, askedNode(network, c.ask.second).node).second
}

/** The sample index first, then those of the output, then those of the variable. */
export const orderOf = (d: Derivation): Index[] => {
  const all = [...new Set([...d.ofIndices, ...d.byIndices])]
  return [...all.filter(i => i.sample), ...all.filter(i => !i.sample)]
}

const ANSWER = 'sheets_answer'
const BOUND = 'sheets_bound'

/** The network with the sheet's statement as one more node. */
function withStatement(c: Filed): { network: Network; answer: NetworkNode } {
  const uses = Object.entries(c.uses ?? {}).map(([name, u]) => `input ${name}[${u.axes}]`)
  const line = `${ANSWER}${c.free ? `[${c.free}]` : ''} = ${c.equals}`
  const network = networkOf(c, [...uses, ...(c.where ?? []), line, ...(c.atMost ? [`${BOUND} = ${c.atMost}`] : [])])
  return { network, answer: network.byName.get(ANSWER)! }
}

/** One point for two networks: the second gets its values by name from the first. */
function sharedPoint<T>(from: Network, to: Derivation, nodes: readonly NetworkNode[], point: Point<T>, field: Field<T>): Point<T> {
  for (const n of to.nodes) {
    const value = from.byName.get(n.name)
    if (value && !n.definition) point.values.set(n.tensor.key, point.values.get(value.tensor.key) as Dense<T>)
  }
  evaluateNodes(to.nodes, point, field)
  return evaluateNodes(nodes, point, field)
}

/** Random points: all sizes different, two or more samples, every node of the case's network and of the statement. */
export function trialsFor(c: Filed, d: Derivation, network: Network, count: number): Trial[] {
  const used = Object.entries(c.uses ?? {}).map(([name, u]) => ({ name, d: derivationOf({ ...c, ask: { of: u.of, wrt: [u.wrt] } }, network) }))
  const usedNames = new Set(used.map(u => u.name))
  const reads = network.nodes.filter(n => n.definition && (n.name === ANSWER || n.name === BOUND || (c.where ?? []).some(w => w.startsWith(`${n.name} `))))
  const early = network.nodes.filter(n => !reads.includes(n) && !n.inner)
  const fill = <T>(p: Point<T>, field: Field<T>): Point<T> => {
    for (const u of used) {
      const to = network.byName.get(u.name)!
      evaluateNodes(u.d.nodes.filter(n => !reads.includes(n)), p, field)
      p.values.set(to.tensor.key, evaluate(u.d.result, p, field, orderOf(u.d)))
    }
    return sharedPoint(network, d, network.nodes, p, field)
  }
  return Array.from({ length: count }, (_, k): Trial => {
    const nodes = usedNames.size > 0 ? early : network.nodes
    const r: RandomPoint = randomPoint(nodes, network.dims, { seed: 11 + k, awayFromKinks: 1e-3 })
    const hook = derivativeHook([...d.nodes, ...network.nodes.filter(n => !d.nodes.some(x => x.tensor.key === n.tensor.key))])
    const fresh = <T>(p: Point<T>): Point<T> => ({ ...p, values: new Map(p.values), memo: new Map(), cache: new Map(), derivative: hook })
    return { floats: fill(fresh(r.floats), floats), exact: () => fill(fresh(r.exact()), exact), rounded: () => fill(fresh(r.rounded()), rounded) }
  })
}

export interface Agreement { readonly verdict: string; readonly points: number; readonly detail?: unknown }

/** The derived result against `equals` at random points. */
export function agreement(c: Filed, points = 4): Agreement {
  const { network, answer } = withStatement(c)
  if (c.ask.forward) return compareNode(c, network, answer, points)
  const d = derivationOf(c)
  const order = orderOf(d)
  const trials = trialsFor(c, d, network, points)
  const stated = entry(answer.tensor, order)
  const same = sameValue(stated, d.result, trials, order)
  if (c.atMost) for (const t of trials) checkBound(network, d, t, order)
  return { verdict: same.verdict, points: same.points, detail: same.counterexample }
}

/** The last node asked for, against the statement. */
function compareNode(c: Filed, network: Network, answer: NetworkNode, points: number): Agreement {
  const node = network.byName.get(c.ask.forward!.at(-1)!)!
  const trials = Array.from({ length: points }, (_, k) => randomPoint(network.nodes, network.dims, { seed: 11 + k }))
  const at = (n: NetworkNode): Expr => entry(n.tensor, node.indices)
  const same = sameValue(at(answer), at(node), trials, node.indices)
  return { verdict: same.verdict, points: same.points, detail: same.counterexample }
}

/** Sample by sample, the length of the answer is at most the bound. */
function checkBound(network: Network, d: Derivation, t: Trial, order: readonly Index[]): void {
  const value = evaluate(d.result, t.floats, floats, order)
  const bound = t.floats.values.get(network.byName.get(BOUND)!.tensor.key)!
  const each = value.data.length / bound.data.length
  for (let s = 0; s < bound.data.length; s++) {
    const length = Math.hypot(...Array.from({ length: each }, (_, k) => value.data[s * each + k]!))
    if (!(length <= bound.data[s]!)) throw new Error(`the answer has the length ${length}, more than the bound ${bound.data[s]!}`)
  }
}
