/** Rows of a table by number: a product with one-hot rows that were given as class numbers is a gather, and its gradient by the table a scatter. */
import type { NodeOf } from '../program.ts'
import type { Planning } from './context.ts'
import { align, grouped, type Held, loopLabel, sizeOf } from './held.ts'
import { emit, expand, map, reshape, scalar, shapeOf } from './planner.ts'
import { readAt } from './read.ts'
import { writeAt } from './write.ts'

interface Hot { readonly numbers: number; readonly other: NodeOf<'contract'>['operands'][number]; readonly outer: readonly number[]; readonly classes: number }

const uses = (places: NodeOf<'contract'>['out'], l: number): boolean => places.some(q => q.terms.some(([m]) => m === l))

/** The class numbers of a product, its other operand, and the loops along the axes of the one-hot rows, that of the classes by itself. */
function hotOf({ p, held, program }: Planning, n: NodeOf<'contract'>): Hot | undefined {
  const k = n.operands.findIndex(o => program.nodes[o.node]!.kind === 'one-hot')
  if (n.operands.length !== 2 || k < 0) return undefined
  const [hot, other] = [n.operands[k]!, n.operands[1 - k]!]
  const { shape } = program.nodes[hot.node]!
  const loops = hot.at.map((q, j) => (q.terms.length === 1 && q.constant === 0 && q.terms[0]![1] === 1 && n.loops[q.terms[0]![0]] === shape[j] ? q.terms[0]![0] : -1))
  if (loops.includes(-1) || new Set(loops).size < loops.length) return undefined
  return { numbers: p.nodes[held[hot.node]!.id]!.args[0]!, other, outer: loops.slice(0, -1), classes: loops.at(-1)! }
}

/** sum_v ids[.., v] W[v, ..] = W[ids[..], ..] */
export function lookup(x: Planning, n: NodeOf<'contract'>): Held | undefined {
  const { p, held } = x
  const found = hotOf(x, n)
  if (!found || n.coefficient !== 1) return undefined
  const { numbers, other: table, outer, classes: summed } = found
  if (uses(n.out, summed) || outer.some(l => uses(table.at, l))) return undefined
  const rows = readAt(p, held[table.node]!, table.at, n.loops)
  if (!rows.labels.includes(loopLabel(summed))) return undefined
  const first = align(p, rows, [loopLabel(summed), ...rows.labels.filter(l => l !== loopLabel(summed))])
  const own = shapeOf(p, numbers)
  const id = emit(p, { op: 'gather', shape: [...own, ...shapeOf(p, first.id).slice(1)], type: 'float', args: [first.id, numbers], axis: 0 })
  return writeAt(p, { id, labels: [...outer.map(loopLabel), ...first.labels.slice(1)] }, n.out, n.shape, n.loops)
}

/** sum over what is looked up of ids[.., v] G[.., j]: zeros, to whose rows ids[..] the rows of G are added. */
export function scatter(x: Planning, n: NodeOf<'contract'>): Held | undefined {
  const { p, held } = x
  const found = hotOf(x, n)
  if (!found || !uses(n.out, found.classes) || uses(found.other.at, found.classes) || found.outer.some(l => uses(n.out, l))) return undefined
  const rows = readAt(p, held[found.other.node]!, found.other.at, n.loops)
  const outer = found.outer.map(loopLabel)
  if (!outer.every(l => rows.labels.includes(l)) || n.loops.some((_, l) => l !== found.classes && !found.outer.includes(l) && !uses(n.out, l))) return undefined
  const own = rows.labels.filter(l => !outer.includes(l))
  const updates = grouped(p, rows, [outer, own])
  const shape = shapeOf(p, updates)
  const scaled = n.coefficient === 1 ? updates : map(p, 'mul', scalar(p, n.coefficient), updates)
  const at = expand(p, reshape(p, found.numbers, [shape[0]!, 1]), shape)
  const sizes = [n.loops[found.classes]!, ...own.map(l => sizeOf(p, rows, l))]
  const zeros = expand(p, scalar(p, 0), [sizes[0]!, shape[1]!])
  const id = emit(p, { op: 'scatter-add', shape: shapeOf(p, zeros), type: 'float', args: [zeros, at, scaled], axis: 0 })
  return writeAt(p, { id: reshape(p, id, sizes), labels: [loopLabel(found.classes), ...own] }, n.out, n.shape, n.loops)
}
