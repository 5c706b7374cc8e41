/** Random exact entries of a tensor, made to fit the facts that are declared about it. */
import { addR, MINUS_ONE, mulR, ONE, type Rational, rational, ZERO } from '../shape/index.ts'
import { rowMajor, volume } from './dense.ts'
import { below, type Random } from './generator.ts'

/** Which numbers: of both signs, of one, between 0 and 1, small, or of magnitudes up to about 10. */
export type Range = 'signed' | 'positive' | 'negative' | 'unit' | 'small' | 'far' | 'far-positive' | 'far-negative'

/** Steps per unit: a power of two, so that the double is exact. */
const grain = 1024

/** A number that is never near 0, of magnitude about 1 unless the range says otherwise. */
export function randomNumber(range: Range, random: Random): Rational {
  const k = grain / 4 + below(1.5 * grain, random)
  switch (range) {
    case 'signed': return rational(random() < 0.5 ? -k : k, grain)
    case 'positive': return rational(k, grain)
    case 'negative': return rational(-k, grain)
    case 'far': return rational(random() < 0.5 ? -6 * k : 6 * k, grain)
    case 'far-positive': return rational(6 * k, grain)
    case 'far-negative': return rational(-6 * k, grain)
    case 'unit': return rational(k, 2 * grain)
    case 'small': return rational(random() < 0.5 ? -k : k, 8 * grain)
  }
}

/** The entries, row-major. Facts: one-hot or class, distribution or probabilities, orthogonal, symmetric, diagonal, binary, sign, positive; unknown ones demand nothing. */
export function randomEntries(shape: readonly number[], facts: readonly string[], axesPerSample: number, range: Range, random: Random): Rational[] {
  const has = (...names: string[]) => facts.some(f => names.includes(f))
  const n = volume(shape)
  const width = axesPerSample > 0 ? shape.at(-1)! : 1
  const rows = (make: () => Rational[]) => Array.from({ length: n / width }, make).flat()
  if (has('one-hot', 'class') && axesPerSample > 0) return rows(() => { const hot = below(width, random); return Array.from({ length: width }, (_, k) => (k === hot ? ONE : ZERO)) })
  if (has('distribution', 'probability', 'probabilities') && axesPerSample > 0) {
    return rows(() => {
      const weights = Array.from({ length: width }, () => 8 + below(24, random))
      const total = weights.reduce((a, b) => a + b, 0)
      return weights.map(w => rational(w, total))
    })
  }
  if (has('binary', 'class', 'one-hot')) return Array.from({ length: n }, () => (random() < 0.5 ? ZERO : ONE))
  if (has('sign')) return Array.from({ length: n }, () => (random() < 0.5 ? MINUS_ONE : ONE))
  if (has('probability', 'probabilities', 'distribution')) return Array.from({ length: n }, () => randomNumber('unit', random))
  const entries = Array.from({ length: n }, () => randomNumber(has('positive') ? 'positive' : range, random))
  if (has('orthogonal')) return orthogonal(n, width, has('symmetric'), random)
  return matrixFacts(entries, shape, facts)
}

function matrixFacts(entries: Rational[], shape: readonly number[], facts: readonly string[]): Rational[] {
  const [rows, columns] = [shape.at(-2), shape.at(-1)]
  if (rows === undefined || rows !== columns) return entries
  const [r, c] = rowMajor(shape).slice(-2) as [number, number]
  const block = rows * columns
  for (let from = 0; from < entries.length; from += block) for (let i = 0; i < rows; i++) for (let j = 0; j < i; j++) {
    if (facts.includes('symmetric')) entries[from + i * r + j * c] = entries[from + j * r + i * c]!
    if (facts.includes('diagonal')) entries[from + i * r + j * c] = entries[from + j * r + i * c] = ZERO
  }
  return entries
}

/** Blocks of Q = H_u H_v with H_v = I - 2 v v^T / (v^T v), rational and orthogonal; H_u alone where it must be symmetric. */
function orthogonal(total: number, n: number, symmetric: boolean, random: Random): Rational[] {
  const reflection = (): Rational[] => {
    const v = Array.from({ length: n }, () => (random() < 0.5 ? -1 : 1) * (1 + below(4, random)))
    const norm = v.reduce((s, x) => s + x * x, 0)
    return Array.from({ length: n * n }, (_, k) => { const [i, j] = [Math.floor(k / n), k % n]; return rational((i === j ? norm : 0) - 2 * v[i]! * v[j]!, norm) })
  }
  return Array.from({ length: total / (n * n) }, () => {
    const [a, b] = [reflection(), reflection()]
    if (symmetric) return a
    return a.map((_, k) => { const [i, j] = [Math.floor(k / n), k % n]; return Array.from({ length: n }, (_, q) => mulR(a[i * n + q]!, b[q * n + j]!)).reduce(addR, ZERO) })
  }).flat()
}
