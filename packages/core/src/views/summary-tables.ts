/** The tables of a summary. Numbers have thousands separators; what stays symbolic is a formula. */
import type { CountedLayer } from '../network/counts/index.ts'
import type { Formula } from '../print/formula.ts'
import { atomsOf, factorSize } from '../shape/factor.ts'
import type { Size } from '../shape/index.ts'
import type { Cell, Inline, Section } from './page.ts'
import { type Count, type Counted, distinctExtents, outputShape } from './summary-data.ts'

/** `25,262,600` */
export const countText = (n: Count): string => (typeof n === 'number' ? n.toLocaleString('en-US') : n)

function inline(s: Size, formulas: readonly Size[] = []): Inline {
  if (s.value !== undefined) return countText(s.value)
  const factors = factorSize(s, formulas)
  if (factors.length === 1) return { kind: 'size', size: s }
  return { kind: 'product', operator: 'juxtapose', factors: factors.flatMap(atomsOf).map((f): Formula => ({ kind: 'size', size: f })) }
}
const between = (items: readonly Inline[], separator: string): readonly Inline[] => items.flatMap((x, k) => (k === 0 ? [x] : [separator, x]))

/** `100 x 96 x 96`; a tuple where a size is a formula. */
function shapeCell(shape: readonly Size[]): Cell {
  if (shape.length === 0) return 'scalar'
  if (shape.every(s => s.value !== undefined)) return shape.map(s => String(s.value)).join(' x ')
  return ['(', ...between(shape.map(s => inline(s)), ', '), ')']
}

function fieldCell(extents: readonly Size[] | undefined): Cell {
  const list = distinctExtents(extents)
  return list.length === 0 ? '-' : list.length === 1 ? inline(list[0]!) : between(list.map(s => inline(s)), ' x ')
}

/** One row for each layer, the layers inside it indented below, and the total. */
export function layerTable({ layers, totals, receptiveField, formulas }: Counted, levels: number, batch: Size | undefined): Section {
  const figure = (s: Size): Inline => inline(s, formulas)
  const rows: Cell[][] = []
  const visit = (layer: CountedLayer, level: number): void => {
    rows.push([
      `${'  '.repeat(level)}${layer.name}`, layer.operation, layer.output ? shapeCell(outputShape(layer, batch)) : '',
      figure(layer.weights), figure(layer.biases), figure(layer.macs), fieldCell(layer.output?.receptiveField),
    ])
    if (level + 1 < levels) layer.children.forEach(c => visit(c, level + 1))
  }
  layers.forEach(l => visit(l, 0))
  if (totals) rows.push(['total', '', '', figure(totals.weights), figure(totals.biases), figure(totals.macs), fieldCell(receptiveField)])
  return {
    kind: 'table', columns: ['layer', 'operation', 'output', 'weights', 'biases', 'MACs', 'receptive field'],
    align: ['left', 'left', 'left', 'right', 'right', 'right', 'right'], rows,
  }
}

/** The totals in words. */
export function totalText({ totals: t, formulas, depth }: Counted): Section {
  if (!t) return { kind: 'text', paragraphs: [[`The number of layers ${depth ?? ''} is a symbol: its rows stand for all layers, and there is a total only for a number.`]] }
  const figure = (s: Size): Inline => inline(s, formulas)
  return {
    kind: 'text',
    paragraphs: [
      [figure(t.parameters), ' parameters: ', figure(t.weights), ' weights, ', figure(t.biases), ' biases.'],
      [figure(t.macs), ' MACs = ', figure(t.flops), ' FLOPs forward.'],
      [figure(t.trainingMacs), ' MACs forward and backward: three times forward, without gradients that no parameter needs.'],
      [figure(t.elementwise), ' elementwise operations forward.'],
      [figure(t.activations), ' values in layer outputs, ', figure(t.activationBytes), ' bytes as float32.'],
    ],
  }
}

/** One row for each reading of what the text leaves open. */
export function readingTable(readings: readonly { readonly assumption: string; readonly total: Count; readonly macs: Count; readonly problem?: string }[]): Section {
  return {
    kind: 'table', heading: ['Every reading of what the text leaves open'], columns: ['reading', 'parameters', 'MACs'], align: ['left', 'right', 'right'],
    rows: readings.map(r => [r.assumption === '' ? 'nothing is open' : r.assumption, r.problem ?? countText(r.total), countText(r.macs)]),
  }
}
