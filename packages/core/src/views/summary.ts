/** The summary of a network: shape, parameters, multiply-adds and receptive field of every layer, and their totals. */
import type { Size } from '../shape/index.ts'
import type { Network } from '../network/types.ts'
import type { Cell, Page, Section } from './page.ts'
import { assumptionsOf, type Assumption, type Reading, readingsOf, readingText } from './readings.ts'
import { type Count, counted, rowData, type SummaryRow, type SummaryTotal, totalData } from './summary-data.ts'

export interface SummaryOptions {
  /** Totals under every reading of what the text leaves open. */
  readonly readings?: boolean
  /** How many levels of layers are shown, 1 for the calls of the text itself. */
  readonly depth?: number
  /** Number of samples, put before every output shape; counts stay for one sample. */
  readonly batch?: Size
  /** Numbers for dims, before those of the text. */
  readonly dims?: ReadonlyMap<string, number>
  /** Reads the text again with other defaults; needed for `readings`. */
  readonly reread?: (network: Network, defaults: Reading['defaults']) => Network
}

export interface ReadingTotal { readonly assumption: string; readonly choices: Reading['choices']; readonly total: Count; readonly macs: Count; readonly problem?: string }

/** What `--json` prints. */
export interface SummaryData {
  readonly convention: string
  readonly layers: readonly SummaryRow[]
  readonly total: SummaryTotal
  readonly assumptions: readonly Assumption[]
  readonly readings?: readonly ReadingTotal[]
}

/** Said on every output: what is counted as what. */
export const CONVENTION = 'MACs are multiply-adds of convolutions, dense layers and attention products, for one sample; FLOPs = 2 x MACs; elementwise work and the loss are not MACs.'

/** The summary of a network as a page. Parameters are counted once however often they are used. */
export function summaryReport(network: Network, options: SummaryOptions = {}): Page {
  const data = summaryData(network, options)
  return {
    title: [network.path === '' ? 'Summary' : network.path],
    preamble: [[CONVENTION]],
    sections: [layerTable(data), totalText(data.total), ...(data.readings ? [readingTable(data.readings)] : [])],
    footer: data.assumptions.map(a => [assumptionText(a)]),
    data, ok: true,
  }
}

/** The counts behind the summary. */
export function summaryData(network: Network, options: SummaryOptions = {}): SummaryData {
  const whole = counted(network, options.dims)
  const readings = options.readings ? readingTotals(network, options) : undefined
  return {
    convention: CONVENTION, layers: whole.layers.map(l => rowData(l, options.depth ?? 1, options.batch)), total: totalData(whole),
    assumptions: assumptionsOf(network), ...(readings ? { readings } : {}),
  }
}

function readingTotals(network: Network, { reread, dims }: SummaryOptions): readonly ReadingTotal[] | undefined {
  const readings = readingsOf(network)
  if (!reread || readings.length < 2) return undefined
  return readings.map(reading => {
    const common = { assumption: readingText(reading), choices: reading.choices }
    try {
      const total = totalData(counted(reread(network, reading.defaults), dims))
      return { ...common, total: total.parameters, macs: total.macs }
    } catch (e) {
      // a reading that fits no shape is no reading: the page says why
      if (!(e instanceof Error)) throw e
      return { ...common, total: '-', macs: '-', problem: e.message }
    }
  })
}

/** `25,262,600`; a formula as it is. */
export const countText = (n: Count): string => (typeof n === 'number' ? n.toLocaleString('en-US') : n)

const fieldText = (f: SummaryRow['receptiveField']): string => (f === null ? '-' : typeof f === 'object' ? f.map(countText).join(' x ') : countText(f))
const shapeText = (shape: readonly Count[]): string => (shape.length === 0 ? 'scalar' : shape.join(' x '))

function layerTable({ layers, total }: SummaryData): Section {
  const rows: Cell[][] = []
  const visit = (row: SummaryRow, level: number): void => {
    rows.push([`${'  '.repeat(level)}${row.name}`, row.operation, shapeText(row.output), countText(row.weights), countText(row.biases), countText(row.macs), fieldText(row.receptiveField)])
    row.layers?.forEach(r => visit(r, level + 1))
  }
  layers.forEach(r => visit(r, 0))
  rows.push(['total', '', '', countText(total.weights), countText(total.biases), countText(total.macs), fieldText(total.receptiveField)])
  return {
    kind: 'table', columns: ['layer', 'operation', 'output', 'weights', 'biases', 'MACs', 'receptive field'],
    align: ['left', 'left', 'left', 'right', 'right', 'right', 'right'], rows,
  }
}

function totalText(total: SummaryTotal): Section {
  return {
    kind: 'text',
    paragraphs: [
      [`${countText(total.parameters)} parameters: ${countText(total.weights)} weights, ${countText(total.biases)} biases.`],
      [`${countText(total.macs)} MACs = ${countText(total.flops)} FLOPs forward; ${countText(total.trainingMacs)} MACs forward and backward; ${countText(total.elementwise)} elementwise operations.`],
      [`${countText(total.activations)} values of layer outputs for one sample, ${countText(total.activationBytes)} bytes as float32.`],
    ],
  }
}

function readingTable(readings: readonly ReadingTotal[]): Section {
  return {
    kind: 'table', heading: ['Other readings of what the text leaves open'], columns: ['reading', 'parameters', 'MACs'], align: ['left', 'right', 'right'],
    rows: readings.map(r => [r.assumption, r.problem ?? countText(r.total), countText(r.macs)]),
  }
}

const assumptionText = (a: Assumption): string =>
  `Not stated: ${a.attribute} of ${a.layers.join(', ')}. Read as ${a.value}; it may also be ${a.otherwise.join(' or ')}.`
