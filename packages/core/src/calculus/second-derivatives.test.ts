/** Hessians of random networks against nested dual numbers and against differences of the first derivative. */
import { describe, expect, it } from 'vitest'
import { type Dense, derivativeHook, evaluate, evaluateNodes, floats, gradcheck, jacobian, makePoint, type Point, randomPoint } from '../evaluate/index.ts'
import { derivative, entry, freshLike, type Index } from '../expression/index.ts'
import { readNetwork } from '../network/index.ts'
import type { Network, NetworkNode } from '../network/types.ts'
import { mismatch } from './against-duals.ts'
import { deriveSecond, replay } from './index.ts'
import { randomNetwork, textOf } from './random-network.ts'

const env = (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env ?? {}
const COUNT = Number(env['CHAINRULE_HESSIANS'] ?? 100)
const SEED = Number(env['CHAINRULE_SEED'] ?? 20_261_120)
/** Entries of a Hessian; larger ones are not tried. */
const MOST = 300

const fresh = (i: readonly Index[]): Index[] => i.map(freshLike)

/** The entries of d/d second (dE / d first) by duals over duals. */
function byNestedDuals(of: NetworkNode, first: NetworkNode, second: NetworkNode, point: Point<number>): Dense<number> {
  const [e, a, b] = [fresh(of.indices), fresh(first.indices), fresh(second.indices)]
  const nested = derivative(derivative(entry(of.tensor, e), entry(first.tensor, a)), entry(second.tensor, b))
  return evaluate(nested, point, floats, [...e, ...a, ...b])
}

function fault(network: Network, seed: number): string | undefined {
  const of = network.byName.get(network.loss!)!
  const point = randomPoint(network.nodes, network.dims, { seed, awayFromKinks: 1e-3 })
  if (point.margin === 0) return undefined
  const size = (n: NetworkNode): number => point.floats.values.get(n.tensor.key)!.data.length
  const leaves = network.nodes.filter(n => !n.definition && n.kind === 'param')
  const pairs = leaves.flatMap(a => leaves.map(b => [a, b] as const)).filter(([a, b]) => size(a) * size(b) * size(of) <= MOST)
  if (pairs.length === 0) return undefined
  // the same variable twice, and one mixed derivative
  const chosen = [pairs[seed % pairs.length]!, pairs.find(([a, b]) => a === b)].filter(p => p !== undefined)
  for (const [first, second] of chosen) {
    const wrong = faultOf(network, of, first, second, point.floats)
    if (wrong) return `d2${of.name}/d${first.name} d${second.name}: ${wrong}`
  }
  return undefined
}

function faultOf(network: Network, of: NetworkNode, first: NetworkNode, second: NetworkNode, drawn: Point<number>): string | undefined {
  const { first: one, second: two } = deriveSecond(network, of, first, second)
  if (replay(two) !== two.result) return 'replays to something else'
  const { sizes, values, functions } = drawn
  const at = evaluateNodes(two.nodes, makePoint<number>({ sizes, values, functions, derivative: derivativeHook(two.nodes) }), floats)
  const derived = evaluate(two.result, at, floats, two.free)
  const wrong = mismatch(derived, byNestedDuals(of, first, second, at))
  if (wrong) return wrong
  if (of.tensor.sample || derived.data.length === 0) return undefined
  // one row of the Hessian against differences of the first derivative, which is itself compared with dual numbers
  const start = values.get(second.tensor.key)!
  const width = start.data.length
  const row = derived.data.length / width - 1
  const along = (x: Float64Array): number => {
    const moved = new Map(network.nodes.filter(n => !n.definition).map(n => [n.tensor.key, values.get(n.tensor.key)!]))
    moved.set(second.tensor.key, { shape: start.shape, data: x.slice() })
    const p = evaluateNodes(one.nodes, makePoint<number>({ sizes, values: moved, functions, derivative: derivativeHook(one.nodes) }), floats)
    return evaluate(one.result, p, floats, one.free).data[row]!
  }
  const here = along(Float64Array.from(start.data))
  const dual = jacobian(network.nodes, of.tensor, first.tensor, at, floats).data[row]!
  if (Math.abs(here - dual) > 1e-9 * Math.max(1e-3, Math.abs(dual))) return `first derivative ${here}, by dual numbers ${dual}`
  const failing = gradcheck(along, Float64Array.from(start.data), Array.from(derived.data).slice(row * width), { entries: [0, width - 1] }).entries.find(e => e.verdict === 'fail')
  return failing && `entry ${row * width + failing.index}: derived ${failing.given}, by differences ${failing.numeric}`
}

describe(`Hessians of ${COUNT} random networks from seed ${SEED}`, { timeout: 120_000 }, () => {
  it.each(Array.from({ length: Math.ceil(COUNT / 10) }, (_, k) => SEED + k * 10))('from %i', from => {
    for (let seed = from; seed < from + 10; seed++) {
      const text = textOf(randomNetwork(seed))
      const tried = ((): string | undefined => { try { return fault(readNetwork(text), seed) } catch (e) { return e instanceof Error ? `${e.name}: ${e.message}` : String(e) } })()
      expect(tried && `CHAINRULE_SEED=${seed} CHAINRULE_HESSIANS=10: ${tried}\n${text}`).toBeUndefined()
    }
  })
})

describe('known Hessians', () => {
  it.each([
    ['of a quadratic form', 'param x[3]\ngiven A[3, 3]\nloss E = sum_{i,j} A[i,j] x[i] x[j]', 'x', 'x'],
    ['of softmax with cross-entropy', 'param z[4]\ntarget t[4] one-hot\nloss E = mean over data: -sum_c t[c] log(softmax(z)[c])', 'z', 'z'],
    ['of logsumexp', 'param z[4]\nloss E = logsumexp(z)', 'z', 'z'],
    ['of logistic regression', 'input x[3]\ntarget t\nparam w[3]\nloss E = sum over data: softplus(w . x) - t (w . x)', 'w', 'w'],
    ['of two layers, mixed', 'input x[3]\nparam V[2, 3], w[2]\nloss E = mean over data: (w . tanh(V x))^2', 'V', 'w'],
    ['of an abstract function', 'function g\ninput x[2]\nparam w[2]\nloss E = sum over data: g(w . x)', 'w', 'w'],
    ['of a loss with a decay', 'input x[3]\nparam U[2, 2], V[2, 3]\nW = U V\nloss E = 1/2 ||W||^2 + mean over data: sum(tanh(W x))', 'U', 'V'],
  ])('%s', (_, text, first, second) => {
    const network = readNetwork(text)
    const node = (name: string): NetworkNode => network.byName.get(name)!
    expect(faultOf(network, node('E'), node(first), node(second), randomPoint(network.nodes, network.dims, { seed: 4 }).floats)).toBeUndefined()
  })
})
