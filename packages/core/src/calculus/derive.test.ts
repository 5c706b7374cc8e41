import { describe, expect, it } from 'vitest'
import { add, apply, contract, divide, entry, type Expr, freshIndex, type Index, multiply, negate, number, power, subtract, type Tensor } from '../expression/index.ts'
import type { Network, NetworkNode } from '../network/types.ts'
import { exp } from '../operations/exp.ts'
import { log } from '../operations/log.ts'
import { sizeSymbol } from '../shape/index.ts'
import { deriveAll, deriveSecond } from './request.ts'
import { replay } from './replay.ts'
import { casesOf } from './cases.ts'
import { paths, sumOfPaths } from './paths.ts'
import { expand } from './expand.ts'
import { show } from '../expression/show.ts'

const m = sizeSymbol('m')
const n = sizeSymbol('n')
const p = sizeSymbol('p')
const s = freshIndex('i', m, true)
const i = freshIndex('i', n)
const j = freshIndex('j', n)
const v = freshIndex('v', p)

let rank = 0
function node(name: string, kind: NetworkNode['kind'], indices: readonly Index[], definition?: Expr, facts: string[] = []): NetworkNode {
  const tensor: Tensor = { key: name, name, axes: indices.map(x => x.size), sample: indices[0]?.sample === true, rank: rank++ }
  return { name, kind, tensor, indices, facts, inner: false, ...(definition ? { definition } : {}) }
}
const network = (nodes: NetworkNode[]): Network => ({
  nodes, byName: new Map(nodes.map(x => [x.name, x])), byTensor: new Map(nodes.map(x => [x.tensor.key, x])),
  samples: m, sample: s, dims: new Map(), functions: [], loss: nodes.at(-1)!.name, layers: [], depth: undefined, source: '', path: '', options: {},
})
const at = (x: NetworkNode, ...indices: Index[]) => entry(x.tensor, indices)

describe('softmax with cross-entropy', () => {
  const x = node('x', 'input', [s, v])
  const W = node('W', 'param', [i, v])
  const z = node('z', 'node', [s, i], contract([v], [at(W, i, v), at(x, s, v)]))
  const softmax = (k: Index): Expr => divide(apply(exp, [at(z, s, k)]), contract([j], [apply(exp, [at(z, s, j)])]))
  const y = node('y', 'node', [s, i], softmax(i))
  const t = node('t', 'target', [s, i], undefined, ['one-hot'])
  const E = node('E', 'loss', [], contract([s, i], [number(-1), at(t, s, i), apply(log, [at(y, s, i)])]))
  const net = network([x, W, z, y, t, E])

  it('prints y - t from the definitions', () => {
    const d = deriveAll(net, net.nodes, E, z)
    const [k] = d.byIndices.slice(1)
    expect(show(d.result)).toBe(show(subtract(at(y, s, k!), at(t, s, k!))))
    expect(replay(d)).toBe(d.result)
    expect(d.blocks.flatMap(b => b.steps.map(x => x.rule))).toContain('fact')
  })
  it('keeps the sum over the data outside for a weight', () => {
    const d = deriveAll(net, net.nodes, E, W)
    const [r, c] = d.byIndices
    expect(show(d.result)).toBe(show(contract([s], [subtract(at(y, s, r!), at(t, s, r!)), at(x, s, c!)])))
    expect(replay(d)).toBe(d.result)
  })
  it('gives the Jacobian by cases', () => {
    const d = deriveAll(net, net.nodes, y, z)
    const cases = casesOf(d.result, d.context)!
    const a = at(y, s, cases.left)
    expect(cases.equal).toBe(multiply(a, add(number(1), negate(a))))
    expect(cases.different).toBe(negate(multiply(a, at(y, s, cases.right))))
    expect(replay(d)).toBe(d.result)
  })
  it('sums its paths to the same answer', () => {
    const d = deriveAll(net, net.nodes, E, W)
    const list = paths(d.context, W, entry(W.tensor, d.byIndices))
    expect(list.map(q => q.nodes.map(x => x.name))).toEqual([['W', 'z', 'y', 'E#one']])
    const one = d.blocks.at(-2)!.result
    expect(expand(sumOfPaths(list))).not.toBe(number(0))
    expect(one.free.length).toBe(3)
  })
  it('without the fact keeps the sum of t', () => {
    const bare = network(net.nodes.map(q => (q === t ? { ...t, facts: [] } : q)))
    const d = deriveAll(bare, bare.nodes, E, z)
    const [k] = d.byIndices.slice(1)
    expect(show(d.result)).toBe(show(subtract(multiply(at(y, s, k!), contract([i], [at(t, s, i)])), at(t, s, k!))))
  })
})

describe('second derivatives', () => {
  it('of a quadratic form are A + A^T', () => {
    const x = node('u', 'param', [i])
    const A = node('A', 'given', [i, j])
    const f = node('f', 'loss', [], contract([i, j], [at(A, i, j), at(x, i), at(x, j)]))
    const net = network([x, A, f])
    const { second } = deriveSecond(net, f, x, x)
    const [a, b] = second.free
    expect(second.result).toBe(add(at(A, a!, b!), at(A, b!, a!)))
  })
  it('of a power', () => {
    const w = node('w', 'param', [])
    const f = node('f', 'loss', [], power(at(w), number(3)))
    const net = network([w, f])
    expect(deriveSecond(net, f, w, w).second.result).toBe(multiply(number(6), at(w)))
  })
})
