import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, apply, contract, delta, entry, type Expr, freshIndex, type Index, literalIndex, multiply, number, power, reduce, selector, type ScalarFunction, type Tensor } from '../expression/index.ts'
import { rational, scaleS, size, sizeSymbol, type Size } from '../shape/index.ts'
import type { Dense } from './dense.ts'
import { evaluate } from './evaluate.ts'
import { exact, type Exact } from './exact.ts'
import { floats } from './field.ts'
import { makePoint } from './point.ts'

const tensor = (key: string, ...axes: Size[]): Tensor => ({ key, name: key, axes, sample: false, rank: 1 })
const random = (shape: readonly number[], seed = 1): Dense<number> => {
  let s = seed
  return { shape, data: Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => { s = (s * 16807) % 2147483647; return s / 1073741824 - 1 }) }
}
const at = (d: Dense<number>, ...p: number[]) => (p.some((x, k) => x < 0 || x >= d.shape[k]!) ? 0 : d.data[p.reduce((s, x, k) => s * d.shape[k]! + x, 0)]!)
const value = (e: Expr, order: readonly Index[], values: Record<string, Dense<number>>, sizes: Record<string, number> = {}) =>
  evaluate(e, makePoint<number>({ sizes: new Map(Object.entries(sizes)), values: new Map(Object.entries(values)) }), floats, order)
const near = (got: Dense<number>, want: readonly number[]) => {
  expect(got.data.length).toBe(want.length)
  want.forEach((w, k) => expect(Math.abs(got.data[k]! - w)).toBeLessThan(1e-12 * Math.max(1, Math.abs(w))))
}
const grid = (shape: readonly number[], f: (...p: number[]) => number) => {
  let all: number[][] = [[]]
  for (const n of shape) all = all.flatMap(p => Array.from({ length: n }, (_, k) => [...p, k]))
  return all.map(p => f(...p))
}
const range = (n: number) => Array.from({ length: n }, (_, k) => k)
const sum = (shape: readonly number[], f: (...p: number[]) => number) => grid(shape, f).reduce((a, b) => a + b, 0)
const term = (coefficient: Size | number, index: Index) => ({ coefficient: typeof coefficient === 'number' ? size(coefficient) : coefficient, index })

describe('contractions', () => {
  it('agree with naive loops for any placement of four indices', () => {
    const seed = 20240607
    const sizes = [2, 3, 4, 5]
    const pool = sizes.map((n, k) => freshIndex('ijkl'[k]!, size(n)))
    const subset = fc.uniqueArray(fc.constantFrom<number>(0, 1, 2, 3), { minLength: 0, maxLength: 3 })
    fc.assert(fc.property(fc.array(subset, { minLength: 1, maxLength: 4 }), fc.uniqueArray(fc.constantFrom<number>(0, 1, 2, 3)), (parts, free) => {
      const tensors = parts.map((p, k) => random(p.map(x => sizes[x]!), 7 + k))
      const factors = parts.map((p, k) => entry(tensor(`T${k}`, ...p.map(x => size(sizes[x]!))), p.map(x => pool[x]!)))
      const used = new Set(parts.flat())
      const bound = range(4).filter(k => !free.includes(k))
      const order = free.filter(k => used.has(k))
      const e = contract(bound.map(k => pool[k]!), factors)
      const want = grid(order.map(k => sizes[k]!), (...p) => sum(bound.map(k => sizes[k]!), (...q) => parts.reduce((x, axes, t) =>
        x * at(tensors[t]!, ...axes.map(a => (order.includes(a) ? p[order.indexOf(a)]! : q[bound.indexOf(a)]!))), 1)))
      near(value(e, order.map(k => pool[k]!), Object.fromEntries(tensors.map((t, k) => [`T${k}`, t]))), want)
    }), { seed, numRuns: 200 })
  })
  it('multiplies 784 x 128 by 64 samples without walking entry by entry', () => {
    const [i, j, s] = [freshIndex('i', size(128)), freshIndex('j', size(784)), freshIndex('s', size(64))]
    const e = contract([j], [entry(tensor('W', size(128), size(784)), [i, j]), entry(tensor('x', size(64), size(784)), [s, j])])
    const values = { W: random([128, 784]), x: random([64, 784], 5) }
    for (let warm = 0; warm < 4; warm++) value(e, [s, i], values)
    const start = performance.now()
    const got = value(e, [s, i], values)
    const took = performance.now() - start
    near({ shape: [3], data: range(3).map(k => at(got, 5, k)) }, range(3).map(k => sum([784], j => at(values.W, k, j) * at(values.x, 5, j))))
    expect(took).toBeLessThan(200)
  })
  it('takes diagonals, literals, sizes and constants', () => {
    const n = sizeSymbol('n')
    const i = freshIndex('i', n)
    const A = tensor('A', n, n)
    const pi: Tensor = { key: 'pi', name: 'pi', axes: [], sample: false, rank: -1, constant: Math.PI }
    const a = random([3, 3])
    near(value(contract([i], [entry(A, [i, i])]), [], { A: a }, { n: 3 }), [at(a, 0, 0) + at(a, 1, 1) + at(a, 2, 2)])
    near(value(entry(A, [literalIndex(2), i]), [i], { A: a }, { n: 3 }), range(3).map(k => at(a, 2, k)))
    near(value(contract([i], [entry(pi)]), [], {}, { n: 3 }), [3 * Math.PI])
    expect(() => value(entry(A, [literalIndex(3), i]), [i], { A: a }, { n: 3 })).toThrow('Axis 1 of A has 3 positions, position 4 is asked for.')
  })
})

describe('selectors', () => {
  const deltaOf = (n: number) => { const [i, j] = [freshIndex('i', size(n)), freshIndex('j', size(n))]; return { i, j, d: delta(i, j) } }
  it('a free delta places a vector on the diagonal', () => {
    const { i, j, d } = deltaOf(3)
    const v = random([3])
    near(value(multiply(d, entry(tensor('v', size(3)), [i])), [i, j], { v }), grid([3, 3], (p, q) => (p === q ? at(v, p) : 0)))
    near(value(d, [i, j], {}), grid([3, 3], (p, q) => Number(p === q)))
  })
  it('convolution with stride, dilation and padding, and both gradients, as naive loops', () => {
    const seed = 99
    fc.assert(fc.property(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 7, max: 9 }), (stride, dilation, pad, k, n) => {
      const out = Math.floor((n + 2 * pad - dilation * (k - 1) - 1) / stride) + 1
      fc.pre(out > 0)
      const [o, c, i, a, p] = [['o', 3], ['c', 2], ['i', out], ['a', k], ['p', n]].map(([s, q]) => freshIndex(String(s), size(Number(q)))) as [Index, Index, Index, Index, Index]
      const [P, S, D] = [sizeSymbol('P'), sizeSymbol('S'), sizeSymbol('D')]
      const window = selector('eq', [term(1, p), term(scaleS(S, rational(-1)), i), term(scaleS(D, rational(-1)), a)], P)
      const [w, x, y] = [entry(tensor('w', size(3), size(2), size(k)), [o, c, a]), entry(tensor('x', size(2), size(n)), [c, p]), entry(tensor('y', size(3), size(out)), [o, i])]
      const values = { w: random([3, 2, k]), x: random([2, n], 3), y: random([3, out], 11) }
      const s = { P: pad, S: stride, D: dilation }
      const source = (i: number, a: number) => stride * i + dilation * a - pad
      near(value(contract([c, a, p], [w, x, window]), [o, i], values, s), grid([3, out], (o, i) => sum([2, k], (c, a) => at(values.w, o, c, a) * at(values.x, c, source(i, a)))))
      near(value(contract([i, p], [y, x, window]), [o, c, a], values, s), grid([3, 2, k], (o, c, a) => sum([out], i => at(values.y, o, i) * at(values.x, c, source(i, a)))))
      near(value(contract([o, i, a], [w, y, window]), [c, p], values, s), grid([2, n], (c, p) => sum([3, out, k], (o, i, a) => (source(i, a) === p ? at(values.w, o, c, a) * at(values.y, o, i) : 0))))
    }), { seed, numRuns: 120 })
  })
  it('reshapes both ways, slices and masks', () => {
    const [H, A] = [sizeSymbol('H'), sizeSymbol('A')]
    const n = size(12)
    const [i, a, b] = [freshIndex('i', n), freshIndex('a', A), freshIndex('b', H)]
    const flat = selector('eq', [term(1, i), term(scaleS(H, rational(-1)), a), term(-1, b)])
    const [x, m] = [random([12]), random([3, 4])]
    near(value(contract([i], [entry(tensor('x', n), [i]), flat]), [a, b], { x }, { H: 4, A: 3 }), [...range(12).map(k => at(x, k))])
    near(value(contract([a, b], [entry(tensor('m', A, H), [a, b]), flat]), [i], { m }, { H: 4, A: 3 }), [...range(12).map(k => m.data[k]!)])
    const [j, k] = [freshIndex('j', size(4)), freshIndex('k', size(4))]
    const below = selector('le', [term(1, j), term(-1, k)])
    near(value(contract([j], [below]), [k], {}), [1, 2, 3, 4])
    const shift = selector('eq', [term(1, i), term(-1, j)], size(-9))
    near(value(contract([i], [entry(tensor('x', n), [i]), shift]), [j], { x }), [at(x, 9), at(x, 10), at(x, 11), 0])
    near(value(contract([i], [shift]), [j], {}), [1, 1, 1, 0])
  })
  it('several selectors at random agree with naive loops', () => {
    const seed = 4711
    const sizes = [3, 4, 5, 6]
    const coefficient = fc.integer({ min: -2, max: 2 })
    const relation = fc.record({ c: fc.array(coefficient, { minLength: 4, maxLength: 4 }), constant: fc.integer({ min: -4, max: 4 }), le: fc.boolean() })
    fc.assert(fc.property(fc.array(relation, { minLength: 1, maxLength: 3 }), fc.subarray([0, 1, 2, 3]), fc.subarray([0, 1, 2, 3]), (relations, free, axes) => {
      const pool = sizes.map((n, k) => freshIndex('ijkl'[k]!, size(n)))
      const t = random(axes.map(k => sizes[k]!))
      const selectors = relations.map(r => selector(r.le ? 'le' : 'eq', r.c.map((c, k) => term(c, pool[k]!)), size(r.constant)))
      const bound = range(4).filter(k => !free.includes(k))
      const e = contract(bound.map(k => pool[k]!), [entry(tensor('t', ...axes.map(k => size(sizes[k]!))), axes.map(k => pool[k]!)), ...selectors])
      const want = grid(free.map(k => sizes[k]!), (...p) => sum(bound.map(k => sizes[k]!), (...q) => {
        const x = range(4).map(a => (free.includes(a) ? p[free.indexOf(a)]! : q[bound.indexOf(a)]!))
        const holds = relations.every(r => { const v = r.c.reduce((s, c, k) => s + c * x[k]!, r.constant); return r.le ? v <= 0 : v === 0 })
        return holds ? at(t, ...axes.map(k => x[k]!)) : 0
      }))
      near(value(e, free.map(k => pool[k]!), { t }), want)
    }), { seed, numRuns: 500 })
  })
})

describe('max and argmax', () => {
  it('max pooling with windows, and the first position on a tie', () => {
    const [i, p, a] = [freshIndex('i', size(3)), freshIndex('p', size(6)), freshIndex('a', size(2))]
    const x: Dense<number> = { shape: [6], data: Float64Array.of(1, 4, 4, 4, -1, -2) }
    const body = entry(tensor('x', size(6)), [p])
    const where = [selector('eq', [term(1, p), term(-2, i), term(-1, a)])]
    near(value(reduce('max', [p, a], body, where), [i], { x }), [4, 4, -1])
    const [q, b] = [freshIndex('q', size(6)), freshIndex('b', size(2))]
    const hit = reduce('argmax', [p, a], body, where, [q, b])
    near(value(contract([b], [hit]), [i, q], { x }), grid([3, 6], (i, q) => Number(q === [1, 2, 4][i])))
  })
  it('conditions with <= and an empty set', () => {
    const [i, p] = [freshIndex('i', size(3)), freshIndex('p', size(6))]
    const x = random([6])
    const body = entry(tensor('x', size(6)), [p])
    const low = selector('le', [term(2, i), term(-1, p)])
    const high = selector('le', [term(1, p), term(-2, i)], size(-1))
    near(value(reduce('max', [p], body, [low, high]), [i], { x }), range(3).map(k => Math.max(at(x, 2 * k), at(x, 2 * k + 1))))
    expect(() => value(reduce('max', [p], body, [selector('le', [term(1, p)], size(1))]), [], { x })).toThrow('its conditions are never fulfilled')
  })
})

describe('exactness', () => {
  const one = (x: Exact): Dense<Exact> => ({ shape: [], data: [x] })
  const at0 = (e: Expr, values: Record<string, Exact>) => evaluate(e, makePoint<Exact>({ values: new Map(Object.entries(values).map(([k, v]) => [k, one(v)])) }), exact, []).data[0]
  const s = (k: string) => entry(tensor(k))
  it('0.3 * 1 + 0.1 is 4/10, and sqrt of 4/9 is 2/3', () => {
    expect(at0(add(multiply(s('w'), s('x')), s('b')), { w: rational(3, 10), x: rational(1), b: rational(1, 10) })).toEqual(rational(2, 5))
    expect(at0(power(s('w'), number(rational(-1, 2))), { w: rational(4, 9) })).toEqual(rational(3, 2))
  })
  it('leaves the rationals when a function does', () => {
    const exp: ScalarFunction = { name: 'exp', arity: 1, abstract: false, partials: [], real: x => Math.exp(x) }
    expect(at0(add(apply(exp, [s('w')]), number(1)), { w: rational(1) })).toBeCloseTo(Math.E + 1, 14)
  })
})

it('refuses what is too large to hold', () => {
  const [i, j] = [freshIndex('i', sizeSymbol('n')), freshIndex('j', sizeSymbol('n'))]
  const v = (k: Index) => entry(tensor('v', sizeSymbol('n')), [k])
  expect(() => value(multiply(v(i), v(j)), [i, j], { v: random([20000]) }, { n: 20000 })).toThrow('too large to evaluate')
})

it('is linear in the shared graph: a tree of 2^2000 nodes', () => {
  const known = (name: string, real: (x: number) => number): ScalarFunction => ({ name, arity: 1, abstract: false, partials: [], real })
  const [sin, cos] = [known('sin', Math.sin), known('cos', Math.cos)]
  let e: Expr = entry(tensor('x'))
  let want = 0.5
  for (let k = 0; k < 2000; k++) { e = add(apply(sin, [e]), apply(cos, [e])); want = Math.sin(want) + Math.cos(want) }
  near(value(e, [], { x: { shape: [], data: Float64Array.of(0.5) } }), [want])
})
