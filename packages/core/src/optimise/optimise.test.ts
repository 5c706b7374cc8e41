/** Every optimiser against loops written from its paper, with and without decay; hoisting and clipping by value. */
import { describe, expect, it } from 'vitest'
import { evaluate, floats, makePoint, splitmix32 } from '../evaluate/index.ts'
import { entry, type Expr, freshIndex, type Tensor } from '../expression/index.ts'
import { size, toNumber } from '../shape/index.ts'
import { clippedByValue, hoistScalars, normScale, optimisers, updated, type UpdateSymbols } from './index.ts'

const n = 5
const i = freshIndex('i', size(n))
const vector = (name: string): Tensor => ({ key: name, name, axes: [size(n)], sample: false, rank: 1 })
const scalar = (name: string): Tensor => ({ key: name, name, axes: [], sample: false, rank: 0 })
const at = (name: string): Expr => entry(vector(name), [i])
const one = (name: string): Expr => entry(scalar(name))

type Numbers = Record<string, Float64Array | number>
const valueOf = (e: Expr, numbers: Numbers, over = [i]): Float64Array => {
  const values = new Map(Object.entries(numbers).map(([k, v]) => [k, typeof v === 'number' ? { shape: [], data: Float64Array.of(v) } : { shape: [n], data: v }]))
  return Float64Array.from(evaluate(e, makePoint({ values }), floats, over).data as Float64Array)
}

/** One step of one entry, as in torch.optim; s is the state, changed in place. */
const papers: Record<string, (w: number, g: number, s: Record<string, number>, rate: number, k: number) => number> = {
  sgd: (w, g, _, rate) => w - rate * g,
  momentum: (w, g, s, rate) => { s.velocity = 0.9 * s.velocity! + g; return w - rate * s.velocity },
  nesterov: (w, g, s, rate) => { s.velocity = 0.9 * s.velocity! + g; return w - rate * (g + 0.9 * s.velocity) },
  rmsprop: (w, g, s, rate) => { s.square = 0.99 * s.square! + 0.01 * g * g; return w - rate * g / (Math.sqrt(s.square) + 1e-8) },
  adam: (w, g, s, rate, k) => {
    s.mean = 0.9 * s.mean! + 0.1 * g
    s.square = 0.999 * s.square! + 0.001 * g * g
    return w - rate * (s.mean / (1 - 0.9 ** k)) / (Math.sqrt(s.square / (1 - 0.999 ** k)) + 1e-8)
  },
}
papers.adamw = papers.adam!

const symbolsOf = (o: (typeof optimisers)[number]): UpdateSymbols => ({
  parameter: at('w'), gradient: at('g'), rate: one('rate'), step: one('step'),
  state: Object.fromEntries(o.state.map(t => [t.name, at(t.name)])), hyper: Object.fromEntries(o.hyperparameters.map(h => [h.name, one(h.name)])),
})

describe.each(optimisers.map(o => [o.name, o] as const))('%s', (name, o) => {
  const symbols = symbolsOf(o)
  const hyper = Object.fromEntries(o.hyperparameters.map(h => [h.name, toNumber(h.default)]))

  it.each([['no decay', undefined], ['l2', 'l2'], ['decoupled', 'decoupled']] as const)('does what its paper says: %s', (_, kind) => {
    const random = splitmix32(7)
    const draw = (): Float64Array => Float64Array.from({ length: n }, () => 2 * random() - 1)
    const next = updated(o, symbols, kind && { coefficient: one('decay'), kind })
    const given = new Set(['rate', 'step', 'decay', ...Object.keys(hyper)])
    const hoisted = hoistScalars([next.parameter, ...Object.values(next.state)], given)
    expect(hoisted.expressions.flatMap(e => [...scalarsIn(e)]).filter(key => given.has(key))).toEqual([])
    let numbers: Numbers = { w: draw(), ...Object.fromEntries(o.state.map(t => [t.name, new Float64Array(n)])), ...hyper, decay: 0.3 }
    const wanted = [...numbers.w as Float64Array]
    const states = wanted.map(() => Object.fromEntries(o.state.map(t => [t.name, 0])))
    for (let step = 1; step <= 4; step++) {
      numbers = { ...numbers, g: draw(), rate: 0.1 / step, step }
      const fed = { ...numbers, ...Object.fromEntries(hoisted.scalars.map(s => [s.tensor.key, valueOf(s.value, numbers, [])[0]!])) }
      const g = numbers.g as Float64Array
      wanted.forEach((w, k) => {
        const moved = papers[name]!(w, kind === 'l2' ? g[k]! + 0.3 * w : g[k]!, states[k]!, 0.1 / step, step)
        wanted[k] = kind === 'decoupled' ? moved - 0.1 / step * 0.3 * w : moved
      })
      const after = [next.parameter, ...Object.values(next.state)].map(e => valueOf(e, numbers))
      hoisted.expressions.forEach((e, k) => valueOf(e, fed).forEach((x, j) => expect(x).toBeCloseTo(after[k]![j]!, 13)))
      numbers = { ...numbers, w: after[0]!, ...Object.fromEntries(o.state.map((t, k) => [t.name, after[k + 1]!])) }
      wanted.forEach((w, k) => expect(after[0]![k]).toBeCloseTo(w, 12))
    }
  })
})

const scalarsIn = (e: Expr): string[] => (e.kind === 'symbol' ? [e.tensor.key] : 'factors' in e ? e.factors.flatMap(scalarsIn) : 'terms' in e && e.kind === 'sum' ? e.terms.flatMap(scalarsIn) : e.kind === 'power' ? [e.base, e.exponent].flatMap(scalarsIn) : [])

describe('clipping', () => {
  const g = Float64Array.of(3, -4, 0, 0.5, 12)

  it('clips entry by entry', () => {
    expect([...valueOf(clippedByValue(at('g'), one('c')), { g, c: 2 })]).toEqual([2, -2, 0, 0.5, 2])
  })

  it('scales all gradients by one norm, and leaves small ones alone', () => {
    const scale = normScale([{ entry: at('g'), over: [i] }, { entry: one('h'), over: [] }], one('c'))
    const norm = Math.hypot(...g, 2)
    expect(valueOf(scale, { g, h: 2, c: 1 }, [])[0]).toBeCloseTo(1 / norm, 14)
    expect(valueOf(scale, { g, h: 2, c: 100 }, [])[0]).toBe(1)
    expect(valueOf(scale, { g: new Float64Array(n), h: 0, c: 1 }, [])[0]).toBe(1)
  })
})
