/** From a tensor program to a plan: node by node, each laid out as its readers like it, by the ways that are chosen. */
import { type Node, type Program, useCounts } from '../program.ts'
import { planContraction } from './contraction.ts'
import type { Planning, Site } from './context.ts'
import { planExponentials, planMap, planMask } from './entrywise.ts'
import { axisLabel, type Held, spreadOver } from './held.ts'
import { planMatrix } from './matrix.ts'
import { planMax, planWinner } from './maxima.ts'
import { emit, newPlanner, scalar } from './planner.ts'
import { livePlan, type Plan } from './primitive.ts'
import { sampleAxes, wishes } from './samples.ts'

export interface PlanOptions {
  /** Chooses among the ways of a site; the first one by default. */
  readonly choose?: (site: Site) => string
}

/** The plan of a program, and the sites where there was a choice. */
export function planOf(program: Program, options: PlanOptions = {}): { readonly plan: Plan; readonly sites: readonly Site[] } {
  const x: Planning = {
    program, p: newPlanner(), held: [], sample: sampleAxes(program), wish: wishes(program), uses: useCounts(program), sites: [],
    choose: options.choose ?? (site => site.ways[0]!),
  }
  program.nodes.forEach((n, k) => x.held.push(planNode(x, n, k)))
  const outputs = program.outputs.map(o => {
    const from = x.held[o.node]!
    const named: Held = { id: from.id, labels: from.labels.map(l => axisLabel(o.axes.indexOf(Number(l.slice(1))))) }
    return { name: o.name, shape: o.shape, node: spreadOver(x.p, named, o.shape.map((_, k) => axisLabel(k)), l => o.shape[Number(l.slice(1))]!) }
  })
  return { plan: livePlan({ nodes: x.p.nodes, outputs }), sites: x.sites }
}

const wholly = (id: number, n: Node): Held => ({ id, labels: n.shape.map((_, k) => axisLabel(k)) })

function planNode(x: Planning, n: Node, k: number): Held {
  const { p } = x
  switch (n.kind) {
    case 'input': return wholly(emit(p, { op: 'input', name: n.name, shape: n.shape, type: 'float', args: [] }), n)
    case 'one-hot': {
      const numbers = emit(p, { op: 'input', name: n.name, shape: n.shape.slice(0, -1), type: 'int64', args: [] })
      return wholly(emit(p, { op: 'one-hot', shape: n.shape, type: 'float', args: [numbers] }), n)
    }
    case 'number': return { id: scalar(p, n.value), labels: [] }
    case 'mask': return planMask(x, n)
    case 'map': return planMap(x, n, k)
    case 'contract': return planContraction(x, n, k)
    case 'max': return planMax(x, n)
    case 'winner': return planWinner(x, n)
    case 'softmax': case 'log-softmax': case 'logsumexp': return planExponentials(x, n)
    case 'inverse': case 'det': return planMatrix(x, n)
  }
}

