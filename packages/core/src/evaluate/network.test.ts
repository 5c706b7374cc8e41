import { describe, expect, it } from 'vitest'
import { add, apply, applyOver, contract, delta, derivative, entry, type Expr, freshIndex, type Index, multiply, negate, number, power, type ScalarFunction, subtract, type Tensor } from '../expression/index.ts'
import { exp } from '../operations/exp.ts'
import { log } from '../operations/log.ts'
import { operations } from '../operations/index.ts'
import { relu } from '../operations/relu.ts'
import { sigmoid } from '../operations/sigmoid.ts'
import { tanh } from '../operations/tanh.ts'
import { rational, size, sizeSymbol } from '../shape/index.ts'
import { randomFunction } from './abstract.ts'
import type { Dense } from './dense.ts'
import { type Dual, duals, dualsOver, hyperduals } from './duals.ts'
import { evaluate } from './evaluate.ts'
import { floats } from './field.ts'
import { gradcheck } from './gradcheck.ts'
import { derivativeHook, evaluateNodes, jacobian, jvp, localDerivative, type NodeLike, totalDerivative } from './network.ts'
import { makePoint, type Point, randomFunctions } from './point.ts'
import { type DeclaredNode, randomPoint } from './random.ts'
import { sameValue } from './compare.ts'
import { type Rounded, rounded } from './rounding.ts'

const [m, n, p] = [sizeSymbol('m'), sizeSymbol('n'), sizeSymbol('p')]
let rank = 0
function node(name: string, indices: readonly Index[], definition?: Expr, facts: readonly string[] = []): DeclaredNode {
  const tensor: Tensor = { key: name, name, axes: indices.map(i => i.size), sample: indices[0]?.sample === true, rank: rank++ }
  return { tensor, indices, facts, ...(definition ? { definition } : {}) }
}
const at = (x: NodeLike, ...indices: Index[]) => entry(x.tensor, indices)
const [s, i, j, k, v] = [freshIndex('s', m, true), freshIndex('i', n), freshIndex('j', n), freshIndex('k', n), freshIndex('v', p)]
const x = node('x', [s, v])
const W = node('W', [i, v])
const z = node('z', [s, i], contract([v], [at(W, i, v), at(x, s, v)]))
const y = node('y', [s, i], multiply(apply(exp, [at(z, s, i)]), power(contract([j], [apply(exp, [at(z, s, j)])]), number(-1))))
const t = node('t', [s, i], undefined, ['one-hot'])
const E = node('E', [], contract([s, i], [number(-1), at(t, s, i), apply(log, [at(y, s, i)]), power(entry({ key: 'size:m', name: 'm', axes: [], sample: false, rank: -1, size: m }), number(-1))]))
const nodes = [x, W, z, y, t, E]
const near = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance = 1e-11) => {
  expect(a.length).toBe(b.length)
  for (let q = 0; q < a.length; q++) expect(Math.abs(a[q]! - b[q]!)).toBeLessThan(tolerance * Math.max(1, Math.abs(b[q]!)))
}

describe('softmax and cross-entropy over the data', () => {
  const point = randomPoint(nodes, undefined, { seed: 3 })
  const f = point.floats
  it('draws sizes that differ, two samples at least, and one-hot rows', () => {
    const sizes = [...point.sizes.values()]
    expect(new Set(sizes).size).toBe(3)
    expect(Math.min(...sizes)).toBeGreaterThan(1)
    const hot = point.leaves.get('t')!
    for (let r = 0; r < hot.shape[0]!; r++) expect(Array.from({ length: hot.shape[1]! }, (_, c) => hot.data[r * hot.shape[1]! + c]!.n).filter(q => q === 1n)).toHaveLength(1)
  })
  it('gives (y - t) x / m as the total derivative by W', () => {
    const formula = contract([s], [subtract(at(y, s, i), at(t, s, i)), at(x, s, v), power(entry({ key: 'size:m', name: 'm', axes: [], sample: false, rank: -1, size: m }), number(-1))])
    near(totalDerivative(nodes, at(E), at(W, i, v), f, floats, [i, v]).data, evaluate(formula, f, floats, [i, v]).data)
    expect(sameValue(derivative(at(E), at(W, i, v)), formula, [point], [i, v]).verdict).toBe('agrees')
    expect(sameValue(derivative(at(E), at(W, i, v)), negate(formula), [point], [i, v]).verdict).toBe('differs')
  })
  it('keeps samples apart: dy[s,i]/dz[r,j] = 0 for r != s', () => {
    const r = freshIndex('r', m, true)
    const d = totalDerivative(nodes, at(y, s, i), at(z, r, j), f, floats, [s, i, r, j])
    const formula = multiply(delta(s, r), at(y, s, i), subtract(delta(i, j), at(y, s, j)))
    near(d.data, evaluate(formula, f, floats, [s, i, r, j]).data)
    near(totalDerivative(nodes, at(y, s, i), at(z, s, i), f, floats, [s, i]).data, evaluate(multiply(at(y, s, i), subtract(number(1), at(y, s, i))), f, floats, [s, i]).data)
  })
  it('local derivatives stop at the node before', () => {
    near(localDerivative(nodes, at(y, s, i), at(W, j, v), f, floats, [s, i, j, v]).data, evaluate(number(0), f, floats, [s, i, j, v]).data)
    near(localDerivative(nodes, at(z, s, k), at(W, j, v), f, floats, [s, k, j, v]).data, evaluate(multiply(delta(k, j), at(x, s, v)), f, floats, [s, k, j, v]).data)
    near(localDerivative(nodes, at(E), at(y, s, i), f, floats, [s, i]).data, evaluate(derivative(at(E), at(y, s, i), true), f, floats, [s, i]).data)
    const identity = jacobian(nodes, z.tensor, z.tensor, f, floats)
    const width = Math.sqrt(identity.data.length)
    near(identity.data, Array.from({ length: width * width }, (_, q) => Number(Math.floor(q / width) === q % width)))
  })
  it('second derivatives by nested duals: the Hessian of E by z', () => {
    const r = freshIndex('r', m, true)
    const hessian = derivative(derivative(at(E), at(z, s, i)), at(z, r, j))
    const formula = multiply(delta(s, r), at(y, s, i), subtract(delta(i, j), at(y, s, j)), power(entry({ key: 'size:m', name: 'm', axes: [], sample: false, rank: -1, size: m }), number(-1)))
    near(evaluate(hessian, f, floats, [s, i, r, j]).data, evaluate(formula, f, floats, [s, i, r, j]).data)
  })
  it('jvp is the Jacobian times the direction', () => {
    const direction: Dense<number> = { shape: f.values.get('W')!.shape, data: Float64Array.from(f.values.get('W')!.data, (_, q) => Math.sin(q + 1)) }
    const full = jacobian(nodes, y.tensor, W.tensor, f, floats)
    const width = direction.data.length
    const want = Array.from({ length: full.data.length / width }, (_, r) => Array.from({ length: width }, (_, c) => full.data[r * width + c]! * direction.data[c]!).reduce((a, b) => a + b, 0))
    near(jvp(nodes, new Map([['W', direction]]), at(y, s, i), f, floats, [s, i]).data, want)
  })
  it('gradcheck agrees, and an error of 1e-6 on any entry fails', () => {
    const gradient = jacobian(nodes, E.tensor, W.tensor, f, floats)
    const loss = (w: Float64Array) => {
      const values = new Map([...f.values].filter(([key]) => ['x', 't'].includes(key)))
      values.set('W', { shape: gradient.shape, data: w })
      return evaluateNodes(nodes, makePoint<number>({ sizes: f.sizes, values }), floats).values.get('E')!.data[0]!
    }
    const w = Float64Array.from(f.values.get('W')!.data)
    expect(gradcheck(loss, w, gradient.data)).toMatchObject({ verdict: 'pass' })
    for (let q = 0; q < w.length; q++) for (const wrong of [gradient.data[q]! + 1e-6, gradient.data[q]! * (1 + 1e-6)]) {
      const changed = Float64Array.from(gradient.data)
      changed[q] = wrong
      const report = gradcheck(loss, w, changed, { entries: [q] })
      expect({ q, verdict: report.verdict, worst: report.worst?.index }).toEqual({ q, verdict: 'fail', worst: q })
    }
  })
})

const g: ScalarFunction = { name: 'g', arity: 1, abstract: true, partials: [] }
const primed = (fn: ScalarFunction, ...partials: number[]): ScalarFunction => ({ ...fn, partials })

describe('abstract functions', () => {
  const f2 = randomFunction(5, 'f')
  const value = (partials: number[][]) => (q: Float64Array) => f2.value(floats, [...q].map((x, a) => ({ place: [a], x })), partials)
  it('have partial derivatives that agree with differences, up to the third', () => {
    const q = Float64Array.of(0.3, -0.7)
    for (const partials of [[], [[0]], [[1]], [[0], [1]], [[1], [1]]]) {
      const gradient = [0, 1].map(a => value([...partials, [a]])(q))
      expect(gradcheck(value(partials), q, gradient).verdict).toBe('pass')
    }
  })
  it('agree in duals and nested duals', () => {
    const [a, b] = [0.4, 1.2]
    const d = f2.value(duals, [{ place: [0], x: { v: a, t: 1 } }, { place: [1], x: { v: b, t: 0 } }], [])
    expect(d.t).toBeCloseTo(value([[0]])(Float64Array.of(a, b)), 12)
    const seed = (v: number, t1: number, t2: number): Dual<Dual<number>> => ({ v: { v, t: t1 }, t: { v: t2, t: 0 } })
    const h = f2.value(hyperduals, [{ place: [0], x: seed(a, 1, 0) }, { place: [1], x: seed(b, 0, 1) }], [])
    expect(h.t.t).toBeCloseTo(value([[0], [1]])(Float64Array.of(a, b)), 12)
  })
  it('g\' is the derivative of g, and a rebinding gives it its own derivatives', () => {
    const u = node('u', [])
    const at0 = (functions: Point<number>['functions']) => makePoint<number>({ values: new Map([['u', { shape: [], data: Float64Array.of(0.3) }]]), functions, derivative: derivativeHook([u]) })
    for (const functions of [randomFunctions(1), randomFunctions(1, new Map([['g', sigmoid]])), randomFunctions(1, new Map([['g', tanh]]))]) {
      const of = apply(g, [at(u)])
      near(evaluate(apply(primed(g, 0), [at(u)]), at0(functions), floats, []).data, evaluate(derivative(of, at(u)), at0(functions), floats, []).data)
      near(evaluate(apply(primed(g, 0, 0), [at(u)]), at0(functions), floats, []).data, evaluate(derivative(derivative(of, at(u)), at(u)), at0(functions), floats, []).data)
    }
    const y = 1 / (1 + Math.exp(-0.3))
    near(evaluate(apply(primed(g, 0), [at(u)]), at0(randomFunctions(1, new Map([['g', sigmoid]]))), floats, []).data, [y * (1 - y)])
  })
  it('functionals of whole tensors, per sample', () => {
    const cost: ScalarFunction = { name: 'cost', arity: 2, abstract: true, partials: [] }
    const [a, b] = [node('a', [s, i]), node('b', [s, i])]
    const of = applyOver(cost, [at(a, s, i), at(b, s, j)], [[i], [j]], [])
    const all = [a, b]
    const point = randomPoint([...all, node('c', [s], of)], undefined, { seed: 8 })
    const r = freshIndex('r', m, true)
    const slot = applyOver(primed(cost, 0), [at(a, s, i), at(b, s, j)], [[i], [j]], [[k]])
    expect(sameValue(derivative(of, at(a, r, k)), multiply(delta(s, r), slot), [point], [s, r, k]).verdict).toBe('agrees')
    expect(sameValue(derivative(of, at(b, r, k)), multiply(delta(s, r), slot), [point], [s, r, k]).verdict).toBe('differs')
    const second = applyOver(primed(cost, 0, 1), [at(a, s, i), at(b, s, j)], [[i], [j]], [[k], [v]])
    expect(second.free).toContain(v)
  })
})

describe('comparison', () => {
  const u = node('u', [i])
  const points = [1, 2, 3].map(seed => randomPoint([u], undefined, { seed }))
  const a = at(u, i)
  const square = (e: Expr) => power(e, number(2))
  it('is exact where all is rational', () => {
    const [left, right] = [square(add(a, number(1))), add(square(a), multiply(number(2), a), number(1))]
    expect(sameValue(left, right, points, [i])).toMatchObject({ verdict: 'equal-exact', points: 3 })
    const wrong = sameValue(left, add(square(a), number(rational(1000000000001n, 1000000000000n)), multiply(number(2), a)), points, [i])
    expect(wrong.verdict).toBe('differs')
    expect(wrong.counterexample!.before).toMatch(/^\d+\/\d+$/)
  })
  it('sees small differences and sees through cancellation', () => {
    const small = (e: Expr) => multiply(e, number(rational(1n, 10n ** 12n)))
    expect(sameValue(small(apply(exp, [a])), multiply(number(2), small(apply(exp, [a]))), points, [i]).verdict).toBe('differs')
    const one = multiply(apply(exp, [a]), apply(exp, [negate(a)]))
    expect(sameValue(subtract(one, number(1)), number(0), points, [i]).verdict).toBe('agrees')
    expect(sameValue(subtract(one, number(rational(999999999n, 1000000000n))), number(0), points, [i]).verdict).toBe('differs')
  })
  it('never agrees on what is not finite', () => {
    expect(sameValue(apply(log, [subtract(number(-9), square(a))]), apply(log, [subtract(number(-8), square(a))]), points, [i])).toMatchObject({ verdict: 'undecided', points: 0 })
  })
})

describe('random points', () => {
  it('turns positive where a logarithm asks for it, keeps given values, leaves kinks', () => {
    const u = node('u', [i])
    const w = node('w', [i], apply(log, [at(u, i)]))
    const drawn = randomPoint([u, w], undefined, { seed: 2 })
    expect([...Array.from(drawn.floats.values.get('w')!.data)].every(Number.isFinite)).toBe(true)
    const kept = randomPoint([{ ...u, tensor: { ...u.tensor, key: 'fixed', axes: [size(2)] }, value: [rational(1), rational(3, 10)] }], undefined, { keepValues: true })
    expect(Array.from(kept.floats.values.get('fixed')!.data)).toEqual([1, 0.3])
    const bent = node('bent', [i], apply(relu, [subtract(at(u, i), number(rational(1, 2)))]))
    const away = randomPoint([u, bent], undefined, { seed: 4, awayFromKinks: 0.02 })
    expect(away.margin).toBeGreaterThanOrEqual(0.02)
    expect(away.margin).toBe(Math.min(...Array.from(away.floats.values.get('u')!.data, q => Math.abs(q - 0.5))))
    const turn = node('Q', [i, j], undefined, ['orthogonal'])
    const turned = randomPoint([turn])
    expect(sameValue(contract([k], [at(turn, k, i), at(turn, k, j)]), delta(i, j), [turned], [i, j]).verdict).toBe('equal-exact')
    expect(sameValue(at(turn, i, j), at(turn, j, i), [turned], [i, j]).verdict).toBe('differs')
    const symmetric = randomPoint([node('A', [i, j], undefined, ['symmetric'])]).leaves.get('A')!
    const n = symmetric.shape[0]!
    expect(symmetric.data[1]).toEqual(symmetric.data[n])
  })
})

it('a function without value, tangent or definition is an error that names it', () => {
  const odd: ScalarFunction = { name: 'odd', arity: 1, abstract: false, partials: [], real: x => x }
  const u = node('u', [])
  const point = makePoint<Dual<number>>({ values: new Map([['u', { shape: [], data: [{ v: 1, t: 1 }] }]]) })
  expect(() => evaluate(apply(odd, [at(u)]), point, dualsOver(floats), [])).toThrow('The function odd has no value in duals over floats.')
})

describe('every scalar operation', () => {
  const scalars = operations.filter(o => o.kind === 'scalar')
  it.each(scalars.map(o => [o.name, o] as const))('%s: the derivative rule agrees with dual numbers and has an error bound', (_, o) => {
    for (const part of [0.13, 0.5001, 0.83]) {
      const names = o.domain.map((_, q) => node(`q${q}`, []))
      const values = new Map(o.domain.map(([low, high], q) => [`q${q}`, { shape: [], data: Float64Array.of(low + (high - low) * (part + q / 31)) }]))
      const of = apply(o.fn, names.map(q => at(q)))
      names.forEach((by, q) => {
        const point = makePoint<number>({ values, derivative: derivativeHook(names) })
        const rule = o.fn.partial?.(names.map(q => at(q)), q)
        if (rule) near(evaluate(rule, point, floats, []).data, evaluate(derivative(of, at(by)), point, floats, []).data)
      })
      const bound = makePoint<Rounded>({ values: new Map([...values].map(([q, d]) => [q, { shape: [], data: [{ v: d.data[0]!, e: 1e-16 }] }])) })
      const got = evaluate(of, bound, rounded, []).data[0]!
      expect(got.e).toBeGreaterThanOrEqual(0)
      expect(Math.abs(got.v - evaluate(of, makePoint<number>({ values }), floats, []).data[0]!)).toBeLessThanOrEqual(8 * got.e + 1e-16)
    }
  })
})
