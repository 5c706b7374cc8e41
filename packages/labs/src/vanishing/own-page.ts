/** Page and picture of the lab for a network of one's own. */
import { type Page, type Section } from '@chainrule/core'
import type { Chart, Figure } from '@chainrule/plot'
import { short, whole } from '../shared/text.ts'
import type { VanishingSettings } from './card.ts'
import type { OwnMeasured } from './own.ts'

const titleOf = (m: OwnMeasured): string => [m.activation, m.depth === undefined ? undefined : `depth ${m.depth}`].filter(x => x !== undefined).join(', ')

/** Those that differ in the initialiser only, side by side. */
function groups(all: readonly OwnMeasured[]): readonly (readonly OwnMeasured[])[] {
  const found = new Map<string, OwnMeasured[]>()
  for (const m of all) found.set(titleOf(m), [...found.get(titleOf(m)) ?? [], m])
  return [...found.values()]
}

const headed = (g: readonly OwnMeasured[], what: string): string => [titleOf(g[0]!), what].filter(x => x !== '').join(': ')

/** The measurements as a page, without its data. */
export function ownPage(path: string, all: readonly OwnMeasured[], s: VanishingSettings): Omit<Page, 'data'> {
  return {
    title: ['Vanishing and exploding gradients'],
    preamble: [[`${path}; ${whole(s.samples)} samples drawn at random. Norms run over samples and entries.`]],
    sections: groups(all).flatMap((g): Section[] => [
      table(headed(g, 'norm of the gradient by each node, in order of computation'), 'node', g, m => m.nodes.map(n => [n.name, n.adjoint])),
      table(headed(g, 'norm of the gradient by each parameter'), 'parameter', g, m => m.parameters.map(n => [n.name, n.gradient])),
    ]),
    footer: [], ok: true,
  }
}

function table(heading: string, what: string, g: readonly OwnMeasured[], rowsOf: (m: OwnMeasured) => readonly (readonly [string, number])[]): Section {
  const columns = g.map(rowsOf)
  return {
    kind: 'table', heading: [heading], columns: [what, ...g.map(m => m.initialiser)],
    rows: columns[0]!.map(([name], k) => [{ kind: 'name', name }, ...columns.map(c => short(c[k]![1]))]),
  }
}

/** A chart of nodes and one of parameters for each activation and depth. */
export function ownFigure(path: string, all: readonly OwnMeasured[]): Figure {
  const chart = (title: string, label: string, g: readonly OwnMeasured[], of: (m: OwnMeasured) => readonly number[]): Chart => ({
    kind: 'lines', title, marks: true, x: { label, whole: true }, y: { label: 'norm of the gradient', log: true },
    series: g.map(m => ({ name: m.initialiser, points: of(m).map((v, k) => [k + 1, v] as const) })),
  })
  return {
    title: `The norm of the gradient in ${path}`, columns: 2,
    charts: groups(all).flatMap(g => [chart(headed(g, 'by node'), 'node, in order of computation', g, m => m.nodes.map(n => n.adjoint)), chart(headed(g, 'by parameter'), 'parameter', g, m => m.parameters.map(p => p.gradient))]),
  }
}
