/** Random terms, sums and functions: whatever is printed has the value of its expression. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, apply, contract, delta, derivative, entry, type Expr, freshIndex, type Index, multiply, number, power, scale } from '../../expression/index.ts'
import { rational, sizeSymbol } from '../../shape/index.ts'
import { renderText } from '../text.ts'
import { axis, difference, fn, sampleAxis, tensor, world } from './check.test-helper.ts'
import { matrixForm } from './index.ts'

const env = (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env ?? {}
/** A run can be repeated, or another begun, with CHAINRULE_SEED. */
const SEED = Number(env['CHAINRULE_SEED'] ?? 20_261_120)

const SIZES = [2, 3, 4, 5]
const vectors = SIZES.map(n => tensor(`v${n}`, [n]))
const others = SIZES.map(n => tensor(`w${n}`, [n], true))
const matrices = SIZES.flatMap(r => SIZES.map(c => tensor(`M${r}${c}`, [r, c])))
const scalars = [tensor('a', []), tensor('c', [])]
const [exp, tanh] = [fn('exp'), fn('tanh')]
const greater = { ...fn('max'), arity: 2 }
const loss = tensor('E', [], true)

/** Draws numbers below n one after another. */
type Draw = (n: number) => number

interface Scope { readonly draw: Draw; readonly sample: Index }

function leaf(at: readonly Index[], s: Scope): Expr {
  const { draw } = s
  const [i, j] = at
  if (!i) return entry(scalars[draw(2)]!, [])
  if (!j && draw(8) === 0) return entry(matrices.find(m => m.name === `M${i.size.value}${i.size.value}`)!, [i, i])
  if (j === undefined && draw(8) === 0) return derivative(entry(loss, [s.sample]), entry(vectors.find(v => v.name === `v${i.size.value}`)!, [i]))
  if (j && draw(8) === 0) return derivative(entry(others.find(v => v.name === `w${i.size.value}`)!, [s.sample, i]), entry(vectors.find(v => v.name === `v${j.size.value}`)!, [j]))
  if (j) return entry(matrices.find(m => m.name === `M${i.size.value}${j.size.value}`)!, [i, j])
  return draw(2) ? entry(vectors.find(v => v.name === `v${i.size.value}`)!, [i]) : entry(others.find(v => v.name === `w${i.size.value}`)!, [s.sample, i])
}

/** An expression whose free axes are among `at` (mostly all of them). */
function random(at: readonly Index[], depth: number, s: Scope): Expr {
  const { draw } = s
  const some = (list: readonly Index[]): readonly Index[] => list.filter(() => draw(4) > 0)
  const shuffled = (list: readonly Index[]): readonly Index[] => (list.length === 2 && draw(2) ? [list[1]!, list[0]!] : list)
  if (depth === 0) return leaf(shuffled(at), s)
  switch (draw(11)) {
    case 5: return apply(greater, [random(at, depth - 1, s), random(some(at), depth - 1, s)])
    case 0: return add(random(at, depth - 1, s), random(some(at), depth - 1, s))
    case 1: return add(scale(rational(-1), random(at, depth - 1, s)), random(at, depth - 1, s), ...(at.length === 2 && at[0]!.size === at[1]!.size ? [delta(at[0]!, at[1]!)] : []))
    case 2: return apply(draw(2) ? exp : tanh, [scale(rational(1, 3), random(at, depth - 1, s))])
    case 3: return power(apply(exp, [scale(rational(1, 4), random(at, depth - 1, s))]), number([rational(2), rational(-1), rational(1, 2)][draw(3)]!))
    case 4: return leaf(shuffled(at), s)
    default: return term(at, depth, s)
  }
}

function term(at: readonly Index[], depth: number, s: Scope): Expr {
  const { draw } = s
  const bound = Array.from({ length: draw(4) }, (_, k) => axis(`b${k}`, SIZES[draw(4)]!))
  const pool = [...at, ...bound]
  const factors: Expr[] = []
  const n = 1 + draw(5)
  for (let k = 0; k < n; k++) {
    if (pool.length > 2 && draw(8) === 0) { factors.push(add(...pool.slice(0, 3).map(i => leaf([i], s)))); continue }
    const first = pool[draw(pool.length || 1)]
    const second = pool[draw(pool.length || 1)]
    const where = !first ? [] : draw(3) === 0 || !second || second === first ? [first] : [first, second]
    factors.push(random(where, draw(3) === 0 ? depth - 1 : 0, s))
  }
  // every index that is asked for occurs at least once
  for (const i of at) if (!factors.some(f => f.free.includes(i)) && draw(3) > 0) factors.push(leaf([i], s))
  const over = draw(4) === 0 ? [freshIndex('s', sizeSymbol('m'), true)] : []
  const coefficient = [rational(1), rational(-1), rational(2), rational(-1, 2)][draw(4)]!
  const used = over.length ? factors.map(f => (f.kind === 'symbol' && f.tensor.sample ? entry(f.tensor, [over[0]!, ...f.indices.slice(1)]) : f)) : factors
  return multiply(number(coefficient), contract([...over, ...bound], used))
}

/** mulberry32 */
function drawFrom(seed: number): Draw {
  let x = seed
  return n => {
    x = (x + 0x6d2b79f5) | 0
    let t = Math.imul(x ^ (x >>> 15), 1 | x)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % n
  }
}

describe('a printed formula has the value of its expression', () => {
  it.each([[2, 400], [3, 60]])('nested %i deep, %i times', (depth, numRuns) => {
    let refused = 0
    fc.assert(fc.property(fc.integer({ min: 0, max: 3 }), fc.integer(), (shape, seed) => {
      const draw = drawFrom(seed)
      const [row, column] = [axis('row', SIZES[draw(4)]!), axis('column', SIZES[draw(4)]!)]
      const axes = [{}, { row }, { column }, { row, column }][shape]!
      const e = random([axes.row, axes.column].filter(i => i !== undefined), depth, { draw, sample: sampleAxis() })
      const f = matrixForm(e, axes)
      if (!f) { refused++; return }
      const d = difference(f, e, axes, world(seed, false))
      if (!(d < 1e-7)) throw new Error(`${renderText(f)} differs by ${d}`)
    }), { numRuns, seed: SEED })
    expect(refused / numRuns).toBeLessThan(0.1)
  }, 60_000)
})
