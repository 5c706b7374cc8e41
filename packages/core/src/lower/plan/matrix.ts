/** Inverse and determinant of stacks of small matrices by elimination, step by step, with the pivot of greatest magnitude. */
import type { NodeOf } from '../program.ts'
import type { Planning } from './context.ts'
import { align, axisLabel, type Held } from './held.ts'
import { matrixTooLarge } from '../messages.ts'
import { concat, constant, emit, expand, map, type Planner, reduce, reshape, scalar, shapeOf, slice } from './planner.ts'
import { hits } from './maxima.ts'

/** Rows of the largest matrix: each is one step of the plan. */
const MOST = 64

export function planMatrix({ p, held, program }: Planning, n: NodeOf<'inverse' | 'det'>): Held {
  const { shape } = program.nodes[n.arg]!
  const size = shape.at(-1)!
  if (size > MOST) throw matrixTooLarge(n.kind, size, MOST)
  const labels = shape.map((_, k) => axisLabel(k))
  const given = expand(p, align(p, held[n.arg]!, labels).id, shape)
  const lead = shape.slice(0, -2)
  const batch = lead.reduce((a, b) => a * b, 1)
  const { inverse, det } = eliminate(p, reshape(p, given, [batch, size, size]), batch, size)
  return n.kind === 'det' ? { id: reshape(p, det, lead), labels: labels.slice(0, -2) } : { id: reshape(p, inverse, shape), labels }
}

/** Gauss-Jordan on [A | I]. The row of the pivot is found among those not used yet, as a product with a row of zeros and one 1. */
function eliminate(p: Planner, a: number, batch: number, n: number): { readonly inverse: number; readonly det: number } {
  const eye = Array.from({ length: n * n }, (_, k) => (Math.floor(k / n) === k % n ? 1 : 0))
  const identity = expand(p, constant(p, [1, n, n], eye), [batch, n, n])
  let rows = concat(p, [a, identity], 2)
  let det = constant(p, [batch], Array.from({ length: batch }, () => 1))
  for (let k = 0; k < n; k++) {
    const column = reshape(p, slice(p, rows, [0, 0, k], [batch, n, k + 1]), [batch, n])
    const open = constant(p, [n], Array.from({ length: n }, (_, i) => (i < k ? -1 : 0)))
    // rows above k count as -1, below every magnitude
    const magnitude = map(p, 'add', map(p, 'mul', map(p, 'abs', column), constant(p, [n], Array.from({ length: n }, (_, i) => (i < k ? 0 : 1)))), open)
    const best = emit(p, { op: 'argmax', shape: [batch], type: 'int64', args: [magnitude], axis: 1 })
    const chosen = hits(p, best, [batch], n)
    const first = constant(p, [n], Array.from({ length: n }, (_, i) => (i === k ? 1 : 0)))
    const rowOf = (which: number): number => reduce(p, map(p, 'mul', rows, reshape(p, which, [...shapeOf(p, which), 1])), 'sum', [1])
    const pivotRow = rowOf(chosen)
    const kRow = rowOf(first)
    // the two rows change places: rows + (chosen - first) (kRow - pivotRow)
    const difference = map(p, 'sub', chosen, first)
    rows = map(p, 'add', rows, map(p, 'mul', reshape(p, difference, [batch, n, 1]), reshape(p, map(p, 'sub', kRow, pivotRow), [batch, 1, 2 * n])))
    const pivot = slice(p, pivotRow, [0, k], [batch, k + 1])
    const sign = map(p, 'sub', map(p, 'mul', scalar(p, 2), reduce(p, map(p, 'mul', chosen, first), 'sum', [1])), scalar(p, 1))
    det = map(p, 'mul', det, map(p, 'mul', sign, reshape(p, pivot, [batch])))
    const scaled = reshape(p, map(p, 'div', pivotRow, pivot), [batch, 1, 2 * n])
    const factors = map(p, 'sub', slice(p, rows, [0, 0, k], [batch, n, k + 1]), reshape(p, first, [n, 1]))
    rows = map(p, 'sub', rows, map(p, 'mul', factors, scaled))
  }
  return { inverse: slice(p, rows, [0, 0, n], [batch, n, 2 * n]), det }
}
