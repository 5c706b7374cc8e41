import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apply, entry, type Expr, multiply, number, type Tensor } from '../expression/index.ts'
import { rational, toNumber } from '../shape/index.ts'
import { erfcOf, erfOf } from './erf.ts'
import { operations, type ScalarOperation } from './index.ts'

const scalars = operations.filter((o): o is ScalarOperation => o.kind === 'scalar')
const symbol = (name: string): Tensor => ({ key: `test:${name}`, name, axes: [], sample: false, rank: 0 })

/** The double value of a scalar expression of x_0, x_1; functions by their `real`. */
function valueOf(e: Expr, x: readonly number[]): number {
  switch (e.kind) {
    case 'number': return toNumber(e.value)
    case 'symbol': return e.tensor.constant ?? x[Number(e.tensor.name.slice(2))]!
    case 'sum': return e.terms.reduce((sum, t) => sum + valueOf(t, x), 0)
    case 'contraction': return e.factors.reduce((product, f) => product * valueOf(f, x), toNumber(e.coefficient))
    case 'power': return valueOf(e.base, x) ** valueOf(e.exponent, x)
    case 'apply': return e.fn.real!(...e.args.map(a => valueOf(a, x)))
    default: throw new Error(`not scalar: ${e.kind}`)
  }
}

const variables = (o: ScalarOperation): Expr[] => o.arguments.map((_, k) => entry(symbol(`x_${k}`)))
const near = (a: number, b: number, tolerance: number): boolean => Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b))
const kinkDistance = (o: ScalarOperation, x: readonly number[]): number =>
  Math.min(Infinity, ...(o.kinks ?? []).map(k => Math.abs(x[0]! - k)), ...(o.kinkAt ? [Math.abs(valueOf(o.kinkAt(variables(o)), x))] : []))

function points(o: ScalarOperation, check: (x: readonly number[]) => void): void {
  const draw = fc.tuple(...o.domain.map(([min, max]) => fc.double({ min, max, noNaN: true })))
  fc.assert(fc.property(draw, x => { fc.pre(kinkDistance(o, x) > 1e-3); check(x) }), { numRuns: 200 })
}

describe.each(scalars.map(o => [o.name, o] as const))('%s', (_, o) => {
  it('has one domain for each argument', () => {
    expect(o.domain).toHaveLength(o.fn.arity)
    expect(o.arguments).toHaveLength(o.fn.arity)
  })

  it('has a partial that agrees with finite differences', () => {
    const args = variables(o)
    const partials = args.map((_, k) => o.fn.partial!(args, k))
    points(o, x => {
      partials.forEach((p, k) => {
        const h = 1e-4
        const at = (d: number) => o.fn.real!(...x.map((v, j) => (j === k ? v + d * h : v)))
        const slope = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h)
        expect(near(valueOf(p, x), slope, 1e-8), `x = ${x.join(', ')}: ${valueOf(p, x)} for ${slope}`).toBe(true)
      })
    })
  })

  it('agrees with its definition', () => {
    const definition = o.fn.definition?.(variables(o))
    if (!definition) return
    points(o, x => expect(near(valueOf(definition, x), o.fn.real!(...x), 1e-13)).toBe(true))
    for (const kink of o.kinks ?? []) expect(near(valueOf(definition, [kink]), o.fn.real!(kink), 1e-13)).toBe(true)
  })

  it('has exact values that agree with real ones', () => {
    if (!o.fn.exact) return
    const draw = fc.tuple(...o.domain.map(([min, max]) => fc.integer({ min: Math.ceil(min * 12), max: Math.floor(max * 12) }).map(n => rational(n, 12))))
    fc.assert(fc.property(draw, x => {
      const value = o.fn.exact!(...x)
      if (value) expect(near(toNumber(value), o.fn.real!(...x.map(toNumber)), 1e-14)).toBe(true)
    }))
  })

  it('stays finite far out, or says NaN', () => {
    for (const x of [-800, 800]) {
      const value = o.fn.real!(...o.domain.map((d, k) => (k === 0 ? x : d[1])))
      expect(o.name === 'exp' || Number.isNaN(value) ? true : Number.isFinite(value)).toBe(true)
    }
  })
})

describe('simplifications', () => {
  const x = entry(symbol('x_0'))
  const fn = (name: string) => scalars.find(o => o.name === name)!.fn

  it('makes log(exp(x)) x and leaves exp(log(x)), which needs x > 0', () => {
    expect(apply(fn('log'), [apply(fn('exp'), [x])])).toBe(x)
    expect(apply(fn('exp'), [apply(fn('log'), [x])])).not.toBe(x)
  })

  it('makes sqrt a power and folds exact numbers', () => {
    expect(apply(fn('sqrt'), [x])).toMatchObject({ kind: 'power', exponent: { value: rational(1, 2) } })
    expect(apply(fn('exp'), [number(0)])).toBe(number(1))
    expect(apply(fn('max'), [number(-2), number(3)])).toBe(number(3))
  })

  it('drops positive factors inside step', () => {
    const scaled = (n: number) => apply(fn('step'), [multiply(number(n), apply(fn('sin'), [x]))])
    expect(scaled(3)).toBe(scaled(1))
    expect(scaled(-2)).toBe(scaled(-1))
    expect(scaled(-1)).not.toBe(scaled(1))
  })

  it('gives ties of max to a number, as in ReLU, else to the first', () => {
    const [a, b] = [entry(symbol('x_0')), entry(symbol('x_1'))]
    const slope = (args: readonly Expr[], k: number, at: number[]) => valueOf(fn('max').partial!(args, k), at)
    expect(slope([number(0), b], 1, [0, 0])).toBe(0)
    expect(slope([a, number(0)], 0, [0, 0])).toBe(0)
    expect([slope([a, b], 0, [2, 2]), slope([a, b], 1, [2, 2])]).toEqual([1, 0])
  })
})

/** Reference values to 20 digits, from the Taylor series in exact rational arithmetic. */
function erfReference(n: bigint, d: bigint): number {
  const scale = 10n ** 80n
  const x = n * scale / d
  const square = x * x / scale
  let term = x
  let sum = 0n
  for (let k = 0n; term !== 0n; k++) {
    sum += term / (2n * k + 1n)
    term = -(term * square) / scale / (k + 1n)
  }
  return Number(sum * 2n * 10n ** 20n / scale) / 1e20 / Math.sqrt(Math.PI)
}

describe('erf', () => {
  it('agrees with exact arithmetic to 1e-15', () => {
    for (let k = -60; k <= 60; k++) expect(Math.abs(erfOf(k / 10) - erfReference(BigInt(k), 10n))).toBeLessThan(1e-15)
  })

  it('has a complement without cancellation', () => {
    for (const tenths of [24n, 26n, 30n]) expect(Math.abs(erfcOf(Number(tenths) / 10) / (1 - erfReference(tenths, 10n)) - 1)).toBeLessThan(2e-11)
    expect(erfcOf(10) / 2.0884875837625447570e-45).toBeCloseTo(1, 12)
    expect(erfOf(NaN)).toBeNaN()
  })
})
