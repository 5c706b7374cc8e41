/** Differentials: dz = w dx + x dw, node by node. */
import { differential, differentialOf } from '../calculus/index.ts'
import { entry } from '../expression/index.ts'
import type { Network, NetworkNode } from '../network/types.ts'
import { indexForm, renderLatex, renderText } from '../print/index.ts'
import { printSize } from '../shape/index.ts'
import { askedNode } from './ask.ts'
import { inMatrixForm, letterIndices, notationWith } from './notation.ts'
import type { Line, Page } from './page.ts'
import type { DeriveRequest } from './request.ts'

/** One line per node. */
export function differentialPage(network: Network, nodes: readonly NetworkNode[], request: Pick<DeriveRequest, 'view' | 'wrt'>): Page {
  const asked = request.wrt?.length ? new Set(request.wrt.map(w => askedNode(network, w).node.name)) : undefined
  const moving = asked && ((v: NetworkNode): boolean => v.definition !== undefined || asked.has(v.name))
  const lines = nodes.map((node): Line => {
    const axes = node.indices.filter(i => !i.sample)
    const n = notationWith(network.nodes, letterIndices([{ indices: node.indices }]))
    const value = differential(node, network.nodes, moving)
    const [row, column] = axes
    const shape = { ...(row ? { row } : {}), ...(column ? { column } : {}) }
    const matrix = request.view === 'matrix' && axes.length <= 2 ? inMatrixForm(value, shape, n) : null
    return { left: indexForm(entry(differentialOf(node.tensor), node.indices), n.index), relation: '=', right: matrix ?? indexForm(value, n.index), notes: [] }
  })
  return {
    title: ['differentials'], preamble: [], sections: [{ kind: 'lines', lines }], footer: [], ok: true,
    data: lines.map((l, k) => ({
      of: nodes[k]!.name, wrt: (request.wrt ?? ['every argument']).join(', '), layout: 'gradient', shape: nodes[k]!.indices.filter(i => !i.sample).map(i => printSize(i.size)), steps: [], assumptions: [],
      result: { index: { text: `${renderText(l.left!)} = ${renderText(l.right)}`, latex: `${renderLatex(l.left!)} = ${renderLatex(l.right)}` }, matrix: null },
    })),
  }
}
