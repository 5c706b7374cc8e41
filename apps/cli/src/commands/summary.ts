/** `chainrule summary NET`: shapes, parameters, multiply-adds, receptive fields. */
import type { Command } from 'commander'
import { wholeNumber } from '../options.ts'
import { type OutputOptions, PAGE_FORMATS, writePage } from '../output/formats.ts'
import { elaborationOf, exampleOf, loadNetwork, type NetworkOptions, setExit, withNetwork, withOutput } from './common.ts'

interface SummaryOptions extends NetworkOptions, OutputOptions {
  readonly readings?: boolean
  readonly levels?: number
  readonly batch?: number
}

export function addSummary(program: Command): void {
  const command = withNetwork(program.command('summary'))
    .summary('shapes and counts, layer by layer')
    .description('Lists for each layer the output shape, weights, biases, parameters, multiply-adds and receptive field, and the totals.')
    .option('--readings', 'the totals under every reading of what the text leaves open (padding, biases)')
    .option('--levels <number>', 'how many levels of nested layers are listed', wholeNumber)
    .option('--batch <number>', 'output shapes of a batch of this many samples', wholeNumber)
  withOutput(command, PAGE_FORMATS).addHelpText('after', () => exampleOf('summary')).action(summary)
}

async function summary(net: string, options: SummaryOptions): Promise<void> {
  const network = await loadNetwork(net, options)
  const { size, summaryReport } = await import('@chainrule/core')
  const page = summaryReport(network, { readings: options.readings, levels: options.levels, batch: options.batch === undefined ? undefined : size(options.batch), elaborate: elaborationOf(options) })
  await writePage(page, options)
  setExit(page)
}
