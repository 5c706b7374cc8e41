/** The picture of the lab: for each activation the gradient by layer, factors beside their bounds, and the first gradient by depth. */
import type { Chart, Figure } from '@chainrule/plot'
import type { Measured } from './chain.ts'
import { boundPerLayer, perLayer } from './page.ts'

/** A row of three charts for each activation. */
export function vanishingFigure(all: readonly Measured[]): Figure {
  const most = Math.max(...all.map(m => m.depth))
  const activations = [...new Set(all.map(m => m.activation))]
  return {
    title: 'The norm of the gradient on its way back', charts: activations.flatMap(a => charts(a, all.filter(m => m.activation === a), most)), columns: 3, width: 300, height: 220,
  }
}

function charts(activation: string, own: readonly Measured[], most: number): Chart[] {
  const deepest = own.filter(m => m.depth === most)
  const initialisers = deepest.map(m => m.initialiser)
  return [
    {
      kind: 'lines', title: `${activation}, ${most} layers`, marks: true, x: { label: 'layer l', whole: true }, y: { label: '‖∂J/∂a^[l]‖', log: true },
      series: deepest.map(m => ({ name: m.initialiser, points: [[0, m.inputAdjoint] as const, ...m.layers.map(l => [l.layer, l.adjoint] as const)] })),
    },
    {
      kind: 'bars', title: `${activation}: one layer back`, x: { label: 'initialiser', categories: initialisers }, y: { label: 'factor' },
      groups: [{ name: 'measured', values: deepest.map(perLayer) }, { name: "‖W‖ max|g'|", values: deepest.map(boundPerLayer) }],
    },
    {
      kind: 'lines', title: `${activation}: first layer against depth`, marks: true, x: { label: 'depth L', whole: true }, y: { label: '‖∂J/∂W^[1]‖', log: true },
      series: initialisers.map(i => ({ name: i, points: own.filter(m => m.initialiser === i).map(m => [m.depth, m.layers[0]!.gradient] as const).sort((a, b) => a[0] - b[0]) })),
    },
  ]
}
