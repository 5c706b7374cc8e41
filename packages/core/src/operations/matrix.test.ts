import { describe, expect, it } from 'vitest'
import { type Apply, applyOver, entry, type Expr, freshIndex, type Index, type Tensor } from '../expression/index.ts'
import { duals } from '../evaluate/duals.ts'
import { exact, type Exact } from '../evaluate/exact.ts'
import { floats } from '../evaluate/field.ts'
import { rational, size, toNumber } from '../shape/index.ts'
import { det } from './det.ts'
import { inverse } from './inverse.ts'

const n = 3
const matrix = [[0, 1, 2], [1, 3, -1], [4, -2, 5]]
const whole = (m: readonly (readonly number[])[]) => [{ sizes: [n, n], entries: m.flat() }]
const X: Tensor = { key: 'test:X', name: 'X', axes: [size(n), size(n)], sample: false, rank: 0 }
const index = (name: string): Index => freshIndex(name, size(n))

function call(fn: typeof det, at: readonly (readonly Index[])[]): Apply {
  const [r, c] = [index('r'), index('c')]
  return applyOver(fn, [entry(X, [r, c])], [[r, c]], at) as Apply
}

/** The value of a product of calls about X = `m`, with positions for the free indices. */
function valueOf(e: Expr, at: ReadonlyMap<Index, number>, m = matrix): number {
  if (e.kind === 'contraction') return e.factors.reduce((p, f) => p * valueOf(f, at, m), toNumber(e.coefficient))
  if (e.kind === 'power') return valueOf(e.base, at, m) ** Number((e.exponent as { value: { n: bigint } }).value.n)
  if (e.kind !== 'apply') throw new Error(e.kind)
  const [i, j] = (e.at[0] ?? []).map(x => at.get(x)!)
  return e.fn.whole!.value(floats, whole(m))![i === undefined ? 0 : i * n + j!]!
}

const moved = (r: number, c: number, by: number) => matrix.map((row, i) => row.map((x, j) => (i === r && j === c ? x + by : x)))

describe('det and inverse', () => {
  it('agree with a matrix done by hand, though its first pivot is 0', () => {
    expect(det.whole!.value(floats, whole(matrix))![0]).toBeCloseTo(-37, 12)
    const product = inverse.whole!.value(exact, [{ sizes: [n, n], entries: matrix.flat().map(x => rational(x)) }])!
    const row = (i: number) => [0, 1, 2].map(j => product[i * n + j]!)
    expect(row(0)).toEqual([rational(-13, 37), rational(9, 37), rational(7, 37)])
  })

  it('give the identity as a product, exactly', () => {
    const inverted = inverse.whole!.value(exact, [{ sizes: [n, n], entries: matrix.flat().map(x => rational(x)) }])!
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) {
      const sum = matrix[i]!.reduce<Exact>((s, x, k) => exact.add(s, exact.mul(rational(x), inverted[k * n + j]!)), exact.zero)
      expect(sum).toEqual(rational(i === j ? 1 : 0))
    }
  })

  it('have no inverse and determinant 0 where the rows are dependent', () => {
    const singular = whole([[1, 2, 3], [2, 4, 6], [0, 1, 1]])
    expect(det.whole!.value(floats, singular)).toEqual([0])
    expect(inverse.whole!.value(floats, singular)).toBeUndefined()
  })

  it('have partials that agree with differences and with duals', () => {
    const [r, c, i, j] = ['r', 'c', 'i', 'j'].map(index) as [Index, Index, Index, Index]
    for (const [e, free] of [[call(det, []), 1], [call(inverse, [[i, j]]), n * n]] as const) {
      const partial = e.fn.whole!.partial(e, 0, [r, c])
      for (let at = 0; at < n * n * free; at++) {
        const [pr, pc, pi, pj] = [Math.floor(at / n) % n, at % n, Math.floor(at / n ** 3), Math.floor(at / n ** 2) % n]
        const where = new Map([[r, pr], [c, pc], [i, pi], [j, pj]])
        const slope = (valueOf(e, where, moved(pr, pc, 1e-4)) - valueOf(e, where, moved(pr, pc, -1e-4))) / 2e-4
        expect(valueOf(partial, where)).toBeCloseTo(slope, 6)
        const entries = matrix.flat().map((v, k) => ({ v, t: k === pr * n + pc ? 1 : 0 }))
        const dual = e.fn.whole!.value(duals, [{ sizes: [n, n], entries }])![e.fn === det ? 0 : pi * n + pj]!
        expect(valueOf(partial, where)).toBeCloseTo(dual.t, 12)
      }
    }
  })
})
