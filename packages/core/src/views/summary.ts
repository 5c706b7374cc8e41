/** The summary of a network: shape, parameters, multiply-adds and receptive field of every layer, and their totals. */
import { ChainError } from '../errors.ts'
import { type ElaborateOptions, type Network, readNetwork } from '../network/index.ts'
import type { Size } from '../shape/index.ts'
import type { Page } from './page.ts'
import { assumptionsOf, assumptionText, type Assumption, type Reading, readingsOf, readingText } from '../network/readings.ts'
import { type Count, type Counted, counted, rowData, type SummaryRow, type SummaryTotal, totalData } from './summary-data.ts'
import { layerTable, readingTable, totalText } from './summary-tables.ts'

export interface SummaryOptions {
  /** Totals under every reading of what the text leaves open. */
  readonly readings?: boolean | undefined
  /** How many levels of layers are shown, 1 for the calls of the text itself. */
  readonly levels?: number | undefined
  /** Number of samples, put before every output shape; counts stay for one sample. */
  readonly batch?: Size | undefined
  /** How the network was read, for reading its text again; unless given, with the numbers its dims have. */
  readonly elaborate?: ElaborateOptions | undefined
}

/** The totals of one reading; `problem` where its shapes do not fit together. */
export interface ReadingTotal { readonly assumption: string; readonly choices: Reading['choices']; readonly total: Count; readonly macs: Count; readonly problem?: string }

/** What `--json` prints. */
export interface SummaryData {
  readonly convention: string
  readonly layers: readonly SummaryRow[]
  /** Null where the number of layers is a symbol. */
  readonly total: SummaryTotal | null
  readonly assumptions: readonly Assumption[]
  readonly readings?: readonly ReadingTotal[]
}

/** Said on every output: what is counted as what. */
export const CONVENTION = 'For one sample. MACs are the multiply-adds of convolutions, dense layers and attention products; FLOPs = 2 x MACs. Elementwise work is counted apart, the loss not at all; tied weights count once.'

/** The summary of a network as a page. */
export function summaryReport(network: Network, options: SummaryOptions = {}): Page {
  const whole = counted(network)
  const data = dataOf(network, whole, options)
  return {
    title: [network.path === '' ? 'Summary' : network.path],
    preamble: [[CONVENTION]],
    sections: [layerTable(whole, options.levels ?? 1, options.batch), totalText(whole), ...(data.readings ? [readingTable(data.readings)] : [])],
    footer: data.assumptions.map(a => [assumptionText(a)]),
    data, ok: true,
  }
}

/** The counts behind the summary. */
export const summaryData = (network: Network, options: SummaryOptions = {}): SummaryData => dataOf(network, counted(network), options)

function dataOf(network: Network, whole: Counted, options: SummaryOptions): SummaryData {
  return {
    convention: CONVENTION, layers: whole.layers.map(l => rowData(l, options.levels ?? 1, options.batch, whole.formulas)), total: totalData(whole),
    assumptions: assumptionsOf(network), ...(options.readings ? { readings: readingTotals(network, options) } : {}),
  }
}

function readingTotals(network: Network, options: SummaryOptions): readonly ReadingTotal[] {
  const elaborate = options.elaborate ?? { dims: knownDims(network) }
  return readingsOf(network).map(reading => {
    const common = { assumption: readingText(reading), choices: reading.choices }
    try {
      const total = totalData(counted(readNetwork(network.source, network.path, { ...elaborate, attributeDefaults: reading.defaults })))
      return { ...common, total: total?.parameters ?? '-', macs: total?.macs ?? '-' }
    } catch (e) {
      // a reading that fits no shape is no reading: the page says why
      if (!(e instanceof ChainError)) throw e
      return { ...common, total: '-', macs: '-', problem: e.message }
    }
  })
}

const knownDims = (network: Network): Readonly<Record<string, number>> =>
  Object.fromEntries([...network.dims].flatMap(([name, n]) => (n === undefined ? [] : [[name, n]])))
