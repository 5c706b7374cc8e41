/** Rows of a table by number: a product with one-hot rows that were given as class numbers is a gather. */
import type { NodeOf } from '../program.ts'
import type { Planning } from './context.ts'
import { align, type Held, loopLabel } from './held.ts'
import { emit, shapeOf } from './planner.ts'
import { readAt } from './read.ts'
import { writeAt } from './write.ts'

/** sum_v ids[.., v] W[v, ..] = W[ids[..], ..] */
export function lookup({ p, held, program }: Planning, n: NodeOf<'contract'>): Held | undefined {
  const k = n.operands.findIndex(o => program.nodes[o.node]!.kind === 'one-hot')
  if (n.operands.length !== 2 || k < 0 || n.coefficient !== 1) return undefined
  const [hot, table] = [n.operands[k]!, n.operands[1 - k]!]
  const { shape } = program.nodes[hot.node]!
  const loops = hot.at.map((q, j) => (q.terms.length === 1 && q.constant === 0 && q.terms[0]![1] === 1 && n.loops[q.terms[0]![0]] === shape[j] ? q.terms[0]![0] : -1))
  const summed = loops.at(-1)!
  const uses = (places: typeof n.out, l: number): boolean => places.some(q => q.terms.some(([m]) => m === l))
  if (loops.includes(-1) || new Set(loops).size < loops.length || uses(n.out, summed) || loops.slice(0, -1).some(l => uses(table.at, l))) return undefined
  const rows = readAt(p, held[table.node]!, table.at, n.loops)
  if (!rows.labels.includes(loopLabel(summed))) return undefined
  const first = align(p, rows, [loopLabel(summed), ...rows.labels.filter(l => l !== loopLabel(summed))])
  const numbers = p.nodes[held[hot.node]!.id]!.args[0]!
  const own = shapeOf(p, numbers)
  const id = emit(p, { op: 'gather', shape: [...own, ...shapeOf(p, first.id).slice(1)], type: 'float', args: [first.id, numbers], axis: 0 })
  return writeAt(p, { id, labels: [...loops.slice(0, -1).map(loopLabel), ...first.labels.slice(1)] }, n.out, n.shape, n.loops)
}
