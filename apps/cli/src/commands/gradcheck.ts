/** `chainrule gradcheck NET`: the derived gradients against finite differences. */
import type { Command } from 'commander'
import { readPoint } from '../input/read-point.ts'
import { positive, seed } from '../options.ts'
import { type OutputOptions, PAGE_FORMATS, writePage } from '../output/formats.ts'
import { exampleOf, loadNetwork, type NetworkOptions, setExit, withNetwork, withOutput } from './common.ts'

interface GradcheckOptions extends NetworkOptions, OutputOptions {
  readonly at?: string
  readonly seed?: number
  readonly tolerance?: number
}

export function addGradcheck(program: Command): void {
  const command = withNetwork(program.command('gradcheck'))
    .summary('check gradients against finite differences')
    .description('Compares every derived gradient with central differences and says pass, fail, kink or below noise. Exits with 1 on a failure.')
    .option('--at <point>', 'values of inputs and parameters: a JSON file, - or the JSON itself')
    .option('--seed <number>', 'for the values that neither the text nor the point gives', seed)
    .option('--tolerance <number>', 'largest scaled relative error that passes', positive)
  withOutput(command, PAGE_FORMATS).addHelpText('after', () => exampleOf('gradcheck')).action(gradcheck)
}

async function gradcheck(net: string, options: GradcheckOptions): Promise<void> {
  const at = readPoint(options.at)
  const network = await loadNetwork(net, options)
  const { gradcheckReport } = await import('@chainrule/core')
  const page = gradcheckReport(network, { at, seed: options.seed, tolerance: options.tolerance })
  await writePage(page, options)
  setExit(page)
}
